/** The pages' script: draws each figure again in the browser, as wide as there is room, with details on demand. */

import { plot } from "@observablehq/plot";
import type { AnyDrawing } from "./figure.ts";

/** The little of the DOM that is used here; TypeScript's own would make a browser of every file. */
interface Node {
  readonly textContent: string | null;
  readonly clientWidth: number;
  getAttribute(name: string): string | null;
  querySelector(selector: string): Node | null;
  replaceChildren(...nodes: Node[]): void;
}
declare const document: { querySelectorAll(selector: string): Iterable<Node> };
declare const ResizeObserver: new (changed: () => void) => { observe(node: Node): void };

/** Brings every figure of the page to life whose drawing is known; the others stay as they were written. */
export function show(drawings: readonly AnyDrawing[]): void {
  for (const element of document.querySelectorAll("[data-drawing]")) {
    const drawing = drawings.find(({ name }) => name === element.getAttribute("data-drawing"));
    const place = element.querySelector(".drawing");
    const written = element.querySelector('script[type="application/json"]');
    if (drawing === undefined || place === null || written === null) continue;
    const data = JSON.parse(written.textContent ?? "null") as never;
    let drawn = 0;
    const draw = () => {
      const width = Math.floor(place.clientWidth);
      // what is hidden or being laid out for paper has none; what has not changed need not be drawn again
      if (width < 150 || width === drawn) return;
      drawn = width;
      place.replaceChildren(plot({ ...drawing.draw(data, { width, interactive: true }), width }) as never);
    };
    draw();
    new ResizeObserver(draw).observe(place);
  }
}
