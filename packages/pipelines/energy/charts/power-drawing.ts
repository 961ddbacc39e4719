import type { PlotOptions } from "@observablehq/plot";
import { areaY, dot, lineY, pointerX, ruleX, ruleY, tip } from "@observablehq/plot";
import type { Drawing, View } from "@penstock/charts/figure.ts";
import { counted, kw, timeOf } from "./words.ts";

/** One point of the lines: the readings of a span of time. */
export interface Point {
  readonly at: number;
  /** Mean power, kW. */
  readonly generated: number;
  readonly consumed: number;
  readonly readings: number;
  readonly anomalies: number;
  /** Why, in words; empty without anomalies. */
  readonly reasons: string;
  /** Points of different runs are not joined. */
  readonly run: number;
}

export interface Power {
  readonly points: readonly Point[];
}

/** Two lines over time, and a mark above each point that has an anomaly. */
export const powerDrawing: Drawing<Power> = { name: "power", draw: powerPlot };

function powerPlot({ points }: Power, { width, interactive }: View): PlotOptions {
  const rows = points.map((point) => ({ ...point, time: new Date(point.at) }));
  const line = { x: "time", z: "run", strokeWidth: 1.4 } as const;
  const pointed = pointerX({ x: "time", y: "generated" } as const);
  return {
    height: width < 500 ? 260 : 340,
    marginLeft: 52,
    marginTop: 24,
    style: { fontSize: "12px" },
    x: { type: "utc", label: null },
    y: { label: "kW", grid: true, nice: true, zero: true },
    marks: [
      ruleY([0], { stroke: "currentColor", strokeOpacity: 0.5 }),
      areaY(rows, {
        x: "time",
        z: "run",
        y1: 0,
        y2: "generated",
        fill: "var(--series-1)",
        fillOpacity: 0.14,
      }),
      lineY(rows, { ...line, y: "generated", stroke: "var(--series-1)" }),
      lineY(rows, { ...line, y: "consumed", stroke: "var(--series-2)" }),
      dot(
        rows.filter(({ anomalies }) => anomalies > 0),
        { x: "time", frameAnchor: "top", dy: -8, r: 3, fill: "var(--series-3)" },
      ),
      ...(interactive
        ? [
            ruleX(rows, { ...pointed, stroke: "currentColor", strokeOpacity: 0.4 }),
            tip(rows, { ...pointed, title: detailsOf, lineHeight: 1.3, fontSize: 13 }),
          ]
        : []),
    ],
  };
}

function detailsOf(point: Point): string {
  const found = point.anomalies === 0 ? "" : `, ${counted(point.anomalies)} anomalous`;
  return [
    `${timeOf(point.at)} UTC`,
    `Generated ${kw(point.generated)}`,
    `Consumed ${kw(point.consumed)}`,
    `Net ${kw(point.generated - point.consumed)}`,
    `${counted(point.readings, "reading")}${found}`,
    ...(point.reasons === "" ? [] : [point.reasons]),
  ].join("\n");
}
