import type { PlotOptions } from "@observablehq/plot";
import { pointerX, rectY, ruleY, tip } from "@observablehq/plot";
import type { Drawing, View } from "@penstock/charts/figure.ts";
import { dateOf } from "./period.ts";
import { counted, kwh } from "./words.ts";

export interface NetBar {
  readonly at: number;
  /** kWh. */
  readonly generated: number;
  readonly consumed: number;
  readonly net: number;
  readonly readings: number;
}

export interface NetBars {
  /** How long a bar's time is. */
  readonly milliseconds: number;
  readonly bars: readonly NetBar[];
}

/** A bar for each day or week, up from zero or down. */
export const netDrawing: Drawing<NetBars> = { name: "net", draw: netPlot };

function netPlot({ bars, milliseconds }: NetBars, { width, interactive }: View): PlotOptions {
  const rows = bars.map((bar) => ({
    ...bar,
    begin: new Date(bar.at),
    middle: new Date(bar.at + milliseconds / 2),
    end: new Date(bar.at + milliseconds),
    details: [
      dateOf(bar.at),
      `Net ${kwh(bar.net)}`,
      `Generated ${kwh(bar.generated)}`,
      `Consumed ${kwh(bar.consumed)}`,
      counted(bar.readings, "reading"),
    ].join("\n"),
  }));
  return {
    height: width < 500 ? 200 : 240,
    marginLeft: 52,
    style: { fontSize: "12px" },
    x: { type: "utc", label: null },
    y: { label: "kWh", grid: true, nice: true, zero: true },
    marks: [
      rectY(rows, {
        x1: "begin",
        x2: "end",
        y1: 0,
        y2: "net",
        insetLeft: 0.5,
        insetRight: 0.5,
        fill: ({ net }) => (net < 0 ? "var(--series-2)" : "var(--series-1)"),
      }),
      ruleY([0], { stroke: "currentColor" }),
      interactive
        ? tip(rows, pointerX({ x: "middle", y: "net", title: "details", lineHeight: 1.3, fontSize: 13 }))
        : null,
    ],
  };
}
