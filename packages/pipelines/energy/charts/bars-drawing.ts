import type { Markish, PlotOptions } from "@observablehq/plot";
import { barX, pointerY, text, tickX, tip } from "@observablehq/plot";
import type { Drawing, View } from "@penstock/charts/figure.ts";
import { shortened } from "./words.ts";

/** One bar: its name and its value are written above it, so that long names need no margin. */
export interface Bar {
  readonly name: string;
  /** Null draws no bar; the text says why. */
  readonly value: number | null;
  readonly text: string;
  /** Lines that the pointer brings up. */
  readonly details: string;
}

export interface Bars {
  readonly bars: readonly Bar[];
  /** Of the axis. */
  readonly label: string;
  /** A custom property for values from 0, and one for those below. */
  readonly colours: readonly [string, string];
  /** The ends of the axis, where the values do not say. */
  readonly domain?: readonly [number, number];
}

export const barsDrawing: Drawing<Bars> = { name: "bars", draw: (data, view) => barsPlot(data, view) };

/** Of each bar's band, the part above the bar. */
const above = 22;
const band = 48;

/** Words over lines stay readable. */
const halo = { stroke: "var(--surface)", strokeWidth: 4 } as const;

/** @param more marks over the bars; the y of a bar is its place in the list */
export function barsPlot(
  data: Bars,
  { width, interactive }: View,
  more: readonly Markish[] = [],
): PlotOptions {
  const rows = data.bars.map((bar, place) => ({ ...bar, place, end: clamped(bar.value ?? 0, data.domain) }));
  const words = { y: "place", dy: -14, fontSize: 13, fill: "currentColor", ...halo } as const;
  const isFlat = rows.every(({ end }) => end === 0);
  const domain = data.domain ?? (isFlat ? ([0, 1] as const) : undefined);
  return {
    height: rows.length * band + 50,
    marginLeft: 14,
    marginRight: 14,
    marginTop: 6,
    marginBottom: 40,
    style: { fontSize: "12px" },
    x: {
      label: data.label,
      grid: true,
      nice: true,
      ticks: width < 500 ? 3 : 5,
      ...(domain === undefined ? {} : { domain }),
    },
    y: { type: "band", axis: null, domain: rows.map(({ place }) => place), padding: 0 },
    marks: [
      barX(rows, {
        y: "place",
        x1: 0,
        x2: "end",
        insetTop: above,
        insetBottom: 6,
        rx: 2,
        fill: ({ end }) => `var(${data.colours[end < 0 ? 1 : 0]})`,
      }),
      tickX(rows, { x: () => 0, y: "place", insetTop: above - 4, insetBottom: 2, stroke: "currentColor" }),
      ...more,
      text(rows, {
        ...words,
        frameAnchor: "left",
        textAnchor: "start",
        text: ({ name }) => shortened(name, Math.floor(width / 14)),
      }),
      text(rows, { ...words, frameAnchor: "right", textAnchor: "end", fontWeight: 600, text: "text" }),
      interactive
        ? tip(
            rows,
            pointerY({
              y: "place",
              x: "end",
              title: "details",
              lineHeight: 1.3,
              maxRadius: 60,
              fontSize: 13,
            }),
          )
        : null,
    ],
  };
}

/** What lies beyond the axis ends at its end. */
export function clamped(value: number, domain: readonly [number, number] | undefined): number {
  return domain === undefined ? value : Math.max(domain[0], Math.min(domain[1], value));
}
