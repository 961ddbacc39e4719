/** What a pipeline is expected to carry on a busy day. */

import { ContractError } from "@penstock/contracts/errors.ts";
import type { Pipeline } from "./pipeline.ts";

/** An estimate that `penstock cost` reckons with, to be put right by what `runs` and `status` show. */
export interface Volume {
  /** How many times a day files arrive: a run each. */
  readonly deliveriesPerDay: number;
  readonly filesPerDelivery: number;
  readonly rowsPerFile: number;
  /** As the file arrives, compressed or not. */
  readonly bytesPerFile: number;
  /** What each lookup table holds, by its key. */
  readonly served: Readonly<Record<string, ServedVolume>>;
  /** What is served row by row; of a pipeline that serves a series. */
  readonly series?: SeriesVolume;
}

export interface SeriesVolume {
  /** New rows: of all keys together. */
  readonly rowsPerDay: number;
  /** Requests of its HTTP API. */
  readonly requestsPerDay: number;
}

export interface ServedVolume {
  /** How many keys: sites, users. */
  readonly keys: number;
  /** How many periods a metric has for one key, after a year; one where nothing is said. */
  readonly periods: Readonly<Record<string, number>>;
}

/**
 * Checks that a volume is one, and that it speaks of every lookup, and of the series if there is one.
 *
 * @param pipeline its name, for the message
 * @throws ContractError naming what is wrong
 */
export function checkVolume(
  pipeline: string,
  volume: Volume,
  { lookups, serves }: Pick<Pipeline, "lookups" | "serves">,
): void {
  const { served, series, ...counts } = volume;
  for (const [name, count] of Object.entries(counts)) checkCount(pipeline, name, count);
  if (serves !== undefined && series === undefined) {
    throw new ContractError({
      problem: `pipeline "${pipeline}": volume lacks the series that it serves`,
      found: serves.series.dataset,
      expected: "series: { rowsPerDay, requestsPerDay }",
    });
  }
  for (const [name, count] of Object.entries(series ?? {})) checkCount(pipeline, `series.${name}`, count);
  for (const { key, metrics } of lookups) {
    const of = served[key];
    if (of === undefined) {
      throw new ContractError({
        problem: `pipeline "${pipeline}": volume.served lacks a lookup`,
        found: key,
        expected: "how many keys it has, and periods per metric",
      });
    }
    checkCount(pipeline, `served.${key}.keys`, of.keys);
    for (const [metric, periods] of Object.entries(of.periods)) {
      checkCount(pipeline, `served.${key}.periods.${metric}`, periods);
      if (metrics.includes(metric)) continue;
      throw new ContractError({
        problem: `pipeline "${pipeline}": volume.served.${key}.periods names no metric of it`,
        found: metric,
        known: metrics,
      });
    }
  }
}

function checkCount(pipeline: string, name: string, count: number): void {
  if (Number.isFinite(count) && count >= 0) return;
  throw new ContractError({
    problem: `pipeline "${pipeline}": volume.${name}`,
    found: String(count),
    expected: "a number from 0",
  });
}
