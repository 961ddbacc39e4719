/** The figures of a series, computed from what is there and never counted on: days from rows, the rest from days. */

import type { Figures, SeenFigures, SeriesFigures } from "@penstock/lake/series-figures.ts";
import type { SeriesRow, SeriesRows } from "@penstock/lake/series-rows.ts";
import Big from "big.js";
import { atOnce } from "../at-once.ts";

export interface RefigureContext {
  readonly rows: Pick<SeriesRows, "between">;
  readonly figures: SeriesFigures;
  /** The decimal columns that are summed. */
  readonly sums: readonly string[];
}

const daysAtOnce = 8;

/**
 * Brings the figures of some days of one key, and of the months, the years and the whole that they are in, to what
 * the rows come to. Whoever writes rows does this afterwards, for each of their days: whatever wrote beside it, or
 * died before it, the last one leaves them right.
 *
 * @param days days of UTC: `2026-11-28`
 */
export async function refigure(key: string, days: Iterable<string>, context: RefigureContext): Promise<void> {
  const touched = [...new Set(days)].sort();
  if (touched.length === 0) return;
  const { rows, figures } = context;
  await atOnce(daysAtOnce, touched, (day) =>
    settle(key, `day#${day}`, context, async () =>
      ofRows(await rows.between(key, `${day}T00:00:00Z`, `${day}T23:59:59Z`), context.sums),
    ),
  );
  const ofParts = (beginning: string) => async () =>
    ofFigures(await figures.within(key, beginning), context.sums);
  await atOnce(daysAtOnce, new Set(touched.map((day) => day.slice(0, 7))), (month) =>
    settle(key, `month#${month}`, context, ofParts(`day#${month}-`)),
  );
  await atOnce(daysAtOnce, new Set(touched.map((day) => day.slice(0, 4))), (year) =>
    settle(key, `year#${year}`, context, ofParts(`month#${year}-`)),
  );
  await settle(key, "all", context, ofParts("year#"));
}

type Computed = Omit<Figures, "key" | "period">;

/** Reads the version first and what it is computed from then: a put that succeeds has seen all that came before it. */
async function settle(
  key: string,
  period: string,
  { figures, sums }: RefigureContext,
  compute: () => Promise<Computed>,
): Promise<void> {
  for (;;) {
    const seen = await figures.get(key, period);
    const now = await compute();
    if (seen !== null && same(seen, now, sums)) return;
    if (await figures.put({ key, period, ...now }, seen)) return;
  }
}

function ofRows(rows: readonly SeriesRow[], sums: readonly string[]): Computed {
  const found = rows.flatMap(({ reasons }) => reasons);
  return {
    records: rows.length,
    anomalies: rows.filter(({ reasons }) => reasons.length > 0).length,
    reasons: added(found.map((reason) => ({ [reason]: 1 }))),
    sums: summed(
      rows.map(({ values }) => values),
      sums,
    ),
    first: rows[0]?.time ?? null,
    last: rows.at(-1)?.time ?? null,
  };
}

function ofFigures(parts: readonly SeenFigures[], sums: readonly string[]): Computed {
  const count = (of: "records" | "anomalies") => parts.reduce((sum, part) => sum + part[of], 0);
  const times = parts
    .flatMap(({ first, last }) => [first, last])
    .filter((time) => time !== null)
    .sort();
  return {
    records: count("records"),
    anomalies: count("anomalies"),
    reasons: added(parts.map(({ reasons }) => reasons)),
    sums: summed(
      parts.map((part) => part.sums),
      sums,
    ),
    first: times[0] ?? null,
    last: times.at(-1) ?? null,
  };
}

function added(counts: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const total: Record<string, number> = {};
  for (const each of counts) {
    for (const [name, count] of Object.entries(each)) total[name] = (total[name] ?? 0) + count;
  }
  return total;
}

function summed(
  values: readonly Readonly<Record<string, string>>[],
  columns: readonly string[],
): Record<string, string> {
  const sumOf = (name: string) =>
    values.reduce((sum, each) => sum.plus(each[name] ?? 0), new Big(0)).toFixed();
  return Object.fromEntries(columns.map((name) => [name, sumOf(name)]));
}

function same(a: Computed, b: Computed, sums: readonly string[]): boolean {
  const text = ({ records, anomalies, reasons, first, last, sums: of }: Computed) =>
    JSON.stringify([
      records,
      anomalies,
      first,
      last,
      Object.entries(reasons).sort(),
      sums.map((name) => new Big(of[name] ?? 0).toFixed()),
    ]);
  return text(a) === text(b);
}
