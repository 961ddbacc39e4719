import { plot } from "@observablehq/plot";
import { parseHTML } from "linkedom";
import type { Figure } from "./figure.ts";

/** As wide as a page of paper has room for, at the size of its text. */
const width = 880;

/**
 * A figure as one `<svg>` that needs no script: for print, and until the script has run. Its texts are escaped;
 * no text from elsewhere may come into its attributes, where linkedom lets `<` stand.
 */
export function svgOf({ drawing, data, title }: Figure): string {
  const { document } = parseHTML("<!doctype html><html><body></body></html>");
  const options = drawing.draw(throughJson(data) as never, { width, interactive: false });
  const drawn = plot({ ...options, width, document: document as never }) as unknown as SvgNode;
  const name = document.createElementNS("http://www.w3.org/2000/svg", "title");
  name.textContent = title;
  drawn.prepend(name as never);
  return drawn.outerHTML;
}

/** So that what is drawn here is drawn in the browser too. */
const throughJson = (data: unknown): unknown => JSON.parse(JSON.stringify(data));

/** The little of the DOM that is used here; TypeScript's own would make a browser of every file. */
interface SvgNode {
  readonly outerHTML: string;
  prepend(node: never): void;
}
