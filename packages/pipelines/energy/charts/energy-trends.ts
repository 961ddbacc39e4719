import { figure, type Page } from "@penstock/charts/figure.ts";
import { fileNameOf } from "@penstock/charts/file-name.ts";
import { buckets, runs, type Span, spanFor } from "@penstock/charts/thin.ts";
import { netPerDay } from "./net-per-day.ts";
import { type Point, type Power, powerDrawing } from "./power-drawing.ts";
import { type Reading, type SiteReadings, sum } from "./site-readings.ts";
import { counted, kw, number, reasonInWords, timeOf } from "./words.ts";

/** One site's generation against its consumption, over time. */
export function energyTrends({ site, period, readings }: SiteReadings): Page {
  const when = period === null ? "No readings." : `${period.from} to ${period.to} (UTC).`;
  const page: Omit<Page, "figures" | "notes"> = {
    file: `2_energy_trends_${fileNameOf(site.site_id)}.html`,
    title: `Energy trends: ${site.name}`,
    lead: `Generation against consumption of ${site.site_id} over time.`,
    period: when,
  };
  if (readings.length === 0) return { ...page, notes: [], figures: [] };
  const every = site.interval_minutes * 60_000;
  const span = spanFor(
    readings.map(({ at }) => at),
    every,
  );
  const points = pointsOf(readings, span, site.interval_minutes);
  const drawn =
    span.name === null
      ? `Each of the ${counted(readings.length, "reading")} is drawn.`
      : `${counted(readings.length, "reading")} are too many to draw one by one: each of the ${counted(points.length)} points is the mean of one ${span.name} (UTC), over the readings that there are.`;
  return {
    ...page,
    notes: [
      drawn,
      `A reading's mean power is its energy over its interval of ${site.interval_minutes} minutes: kW = kWh × 60 / ${site.interval_minutes}.`,
      "Where readings are missing the lines are broken. Anomalous readings are part of the lines and of the sums.",
      "All times and days are UTC.",
    ],
    figures: [powerFigure(points, span), netPerDay(readings)],
  };
}

/** Mean power of each span; a line is broken where at least one span has no reading. */
export function pointsOf(
  readings: readonly Reading[],
  span: Span,
  intervalMinutes: number,
): readonly Point[] {
  const points = buckets(readings, span).map(({ at, items }) => {
    const hours = (items.length * intervalMinutes) / 60;
    const anomalous = items.filter(({ isAnomaly }) => isAnomaly);
    return {
      at,
      generated: rounded(sum(items, "generated") / hours),
      consumed: rounded(sum(items, "consumed") / hours),
      readings: items.length,
      anomalies: anomalous.length,
      reasons: [...new Set(anomalous.flatMap(({ reasons }) => reasons))].map(reasonInWords).join(", "),
    };
  });
  return runs(points, span.milliseconds * 1.5);
}

function powerFigure(points: readonly Point[], span: Span) {
  const highest = points.reduce((a, b) => (b.generated > a.generated ? b : a));
  const each = span.name === null ? "reading" : span.name;
  return figure<Power>(
    powerDrawing,
    { points },
    {
      title: "Generation and consumption",
      description: `Mean power of each ${each} in kW. Generation is highest at ${timeOf(highest.at)} with ${kw(highest.generated)}.`,
      legend: [
        { label: "Generated", colour: "--series-1" },
        { label: "Consumed", colour: "--series-2" },
        { label: "Anomalous, along the top", colour: "--series-3" },
      ],
      table: {
        caption: `Mean power of each ${each}`,
        columns: [
          { name: "From (UTC)" },
          { name: "Generated, kW", isNumber: true },
          { name: "Consumed, kW", isNumber: true },
          { name: "Readings", isNumber: true },
          { name: "Anomalous", isNumber: true },
          { name: "Reasons" },
        ],
        rows: points.map((point) => [
          timeOf(point.at),
          number(point.generated),
          number(point.consumed),
          point.readings,
          point.anomalies,
          point.reasons,
        ]),
      },
    },
  );
}

/** A page need not carry more digits than a pixel can show. */
const rounded = (value: number): number => Number(value.toPrecision(6));
