import { figure } from "@penstock/charts/figure.ts";
import { buckets } from "@penstock/charts/thin.ts";
import { netDrawing } from "./net-drawing.ts";
import { dateOf } from "./period.ts";
import { type Reading, sum } from "./site-readings.ts";
import { counted, number } from "./words.ts";

const day = { name: "day", milliseconds: 86_400_000 };
const week = { name: "week", milliseconds: 7 * day.milliseconds };
/** More bars than these would be thinner than the gaps between them. */
const mostBars = 200;

/** Net energy of each day of one site; of each week when the days are many. */
export function netPerDay(readings: readonly Reading[]) {
  const days = buckets(readings, day);
  const span = days.length > mostBars ? week : day;
  const bars = (span === day ? days : buckets(readings, span)).map(({ at, items }) => ({
    at,
    generated: sum(items, "generated"),
    consumed: sum(items, "consumed"),
    net: sum(items, "net"),
    readings: items.length,
  }));
  const surplus = bars.filter(({ net }) => net > 0).length;
  return figure(
    netDrawing,
    { milliseconds: span.milliseconds, bars },
    {
      title: `Net energy per ${span.name}`,
      description: `Generated less consumed, in kWh. On ${counted(surplus)} of ${counted(bars.length, span.name)} more was generated than consumed.`,
      legend: [
        { label: "Surplus", colour: "--series-1" },
        { label: "Deficit", colour: "--series-2" },
      ],
      table: {
        caption: `Energy per ${span.name}`,
        columns: [
          { name: span === day ? "Day (UTC)" : "From (UTC)" },
          { name: "Generated, kWh", isNumber: true },
          { name: "Consumed, kWh", isNumber: true },
          { name: "Net, kWh", isNumber: true },
          { name: "Readings", isNumber: true },
        ],
        rows: bars.map((bar) => [
          dateOf(bar.at),
          number(bar.generated),
          number(bar.consumed),
          number(bar.net),
          counted(bar.readings),
        ]),
      },
    },
  );
}
