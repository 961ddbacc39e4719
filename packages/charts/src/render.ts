import { plot } from "@observablehq/plot";
import { parseHTML } from "linkedom";
import type { Figure } from "./figure.ts";

/** As wide as a page of paper has room for, at the size of its text. */
const width = 880;

/** A figure as one `<svg>` that needs no script: for print, for screen readers, and until the script has run. */
export function svgOf({ drawing, data, title, description }: Figure): string {
  const { document } = parseHTML("<!doctype html><html><body></body></html>");
  const options = drawing.draw(throughJson(data) as never, { width, interactive: false });
  const drawn = plot({ ...options, width, document: document as never }) as unknown as SvgNode;
  drawn.setAttribute("role", "img");
  drawn.setAttribute("aria-label", `${title}. ${description}`);
  return drawn.outerHTML;
}

/** So that what is drawn here is drawn in the browser too. */
const throughJson = (data: unknown): unknown => JSON.parse(JSON.stringify(data));

/** The little of the DOM that is used here; TypeScript's own would make a browser of every file. */
interface SvgNode {
  readonly outerHTML: string;
  setAttribute(name: string, value: string): void;
}
