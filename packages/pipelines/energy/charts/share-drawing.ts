import { dot } from "@observablehq/plot";
import type { Drawing } from "@penstock/charts/figure.ts";
import { type Bars, barsPlot } from "./bars-drawing.ts";

export interface Shares extends Bars {
  /** Each day's share in percent, with the place of its bar. */
  readonly days: readonly (readonly [place: number, percent: number])[];
}

/** Bars of the whole period, and on each a dot for every day. */
export const shareDrawing: Drawing<Shares> = {
  name: "share",
  draw: (data, view) =>
    barsPlot(data, view, [
      dot(data.days, {
        x: ([, share]) => share,
        y: ([place]) => place,
        dy: 8,
        r: 3,
        fill: "var(--surface)",
        stroke: "currentColor",
        strokeOpacity: 0.7,
        fillOpacity: 0.7,
      }),
    ]),
};
