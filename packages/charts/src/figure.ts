/** What a page of charts is made of. The words and the data are a pipeline's; how they become HTML is this package's. */

import type { PlotOptions } from "@observablehq/plot";

/** Where a drawing is to appear. */
export interface View {
  /** In pixels. */
  readonly width: number;
  /** In a browser, where a pointer can ask for details; else it is drawn once, for print and without scripts. */
  readonly interactive: boolean;
}

/**
 * Turns data into an Observable Plot. It runs when the page is written and again in the browser, on the same data
 * that has gone through JSON, so it may use nothing but its arguments.
 */
export interface Drawing<Data> {
  /** What the page calls it by; unique among a pipeline's drawings. */
  readonly name: string;
  draw(data: Data, view: View): PlotOptions;
}

/** A drawing whose data only it knows. */
export type AnyDrawing = Drawing<never>;

/** One entry of a legend. */
export interface Key {
  readonly label: string;
  /** A custom property of page.css, such as `--series-1`. */
  readonly colour: string;
}

/** The figures behind a drawing, for those who would rather read, or have it read to them. */
export interface Table {
  readonly caption: string;
  readonly columns: readonly { readonly name: string; readonly isNumber?: boolean }[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

/** A drawing with its data and its words. */
export interface Figure {
  readonly drawing: AnyDrawing;
  readonly data: unknown;
  readonly title: string;
  /** What there is to see, in a sentence or two: also what a screen reader says in place of the drawing. */
  readonly description: string;
  readonly legend: readonly Key[];
  readonly table: Table;
}

/** A figure whose data is what its drawing takes. */
export function figure<Data>(
  drawing: Drawing<Data>,
  data: Data,
  words: Pick<Figure, "title" | "description" | "legend" | "table">,
): Figure {
  return { drawing, data, ...words };
}

/** One HTML file. */
export interface Page {
  /** Such as `3_net_energy_comparison.html`, already safe as a file's name. */
  readonly file: string;
  readonly title: string;
  /** What the page answers, in a sentence; the index shows it too. */
  readonly lead: string;
  /** Which time it shows. */
  readonly period: string;
  /** How the figures were made, and what they leave out. */
  readonly notes: readonly string[];
  /** None, and the page says that there is nothing yet. */
  readonly figures: readonly Figure[];
}

/** The pages of one pipeline. */
export interface Report {
  readonly title: string;
  /** What period, which sites, how many readings. */
  readonly lead: string;
  /** The few numbers that the index begins with. */
  readonly headlines: readonly { readonly name: string; readonly value: string }[];
  readonly pages: readonly Page[];
  /** What was read, for the command's --json. */
  readonly taken: unknown;
}
