/** The figures of all keys: one read a hundred keys, however long their series are. */

import type { Item } from "@penstock/lake/dynamo.ts";
import type { SeriesReads } from "@penstock/lake/series-reads.ts";
import Big from "big.js";
import { exactJson, exactNumber } from "./exact-json.ts";
import type { ApiFacts } from "./facts.ts";

export async function summaryJson(facts: ApiFacts, reads: SeriesReads, now: Date): Promise<string> {
  const { series, keys } = facts.serves;
  const figures = await reads.figures(facts.ids, "all");
  const each = facts.ids.map((id) => figuresOf(id, figures.get(id) ?? {}, series.sums));
  const records = each.reduce((sum, key) => sum + key.records, 0);
  const anomalies = each.reduce((sum, key) => sum + key.anomalies, 0);
  // a row of the future, which is an anomaly, makes nothing fresh
  const past = each.flatMap(({ last }) => (last !== null && Date.parse(last) <= now.getTime() ? [last] : []));
  const newest = past.sort().at(-1) ?? null;
  return exactJson({
    total_records: records,
    total_anomalies: anomalies,
    anomaly_rate: records === 0 ? 0 : anomalies / records,
    ...sumsOf(
      series.sums,
      each.map((key) => key.sums),
    ),
    anomaly_reasons: together(each.map((key) => key.reasons)),
    [`${series.key}s`]: facts.ids,
    [keys.name]: each.map((key) => ({
      [series.key]: key.id,
      records: key.records,
      anomalies: key.anomalies,
      ...sumsOf(series.sums, [key.sums]),
      anomaly_reasons: key.reasons,
      first: key.first,
      last: key.last,
    })),
    freshness: {
      newest,
      age_seconds: newest === null ? null : Math.floor((now.getTime() - Date.parse(newest)) / 1000),
    },
  });
}

interface KeyFigures {
  readonly id: string;
  readonly records: number;
  readonly anomalies: number;
  readonly sums: Readonly<Record<string, string>>;
  readonly reasons: Readonly<Record<string, number>>;
  readonly first: string | null;
  readonly last: string | null;
}

/** A key without figures has no records. */
function figuresOf(id: string, item: Item, sums: readonly string[]): KeyFigures {
  const reasons = Object.entries(item.reasons?.M ?? {});
  return {
    id,
    records: Number(item.records?.N ?? 0),
    anomalies: Number(item.anomalies?.N ?? 0),
    sums: Object.fromEntries(sums.map((name) => [name, item[name]?.N ?? "0"])),
    reasons: Object.fromEntries(reasons.map(([reason, { N }]) => [reason, Number(N)])),
    first: item.first?.S ?? null,
    last: item.last?.S ?? null,
  };
}

/** Exact sums, by name. */
function sumsOf(names: readonly string[], sums: readonly Readonly<Record<string, string>>[]) {
  return Object.fromEntries(
    names.map((name) => {
      const sum = sums.reduce((total, { [name]: value = "0" }) => total.plus(value), new Big(0));
      return [name, exactNumber(sum.toFixed())];
    }),
  );
}

function together(each: readonly Readonly<Record<string, number>>[]): Readonly<Record<string, number>> {
  const sum: Record<string, number> = {};
  for (const reasons of each) {
    for (const [reason, count] of Object.entries(reasons)) sum[reason] = (sum[reason] ?? 0) + count;
  }
  return sum;
}
