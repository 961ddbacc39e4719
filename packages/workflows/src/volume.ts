/** What a pipeline is expected to carry on a busy day. */

import { ContractError } from "@penstock/contracts/errors.ts";

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
}

export interface ServedVolume {
  /** How many keys: sites, users. */
  readonly keys: number;
  /** How many periods a metric has for one key, after a year; one where nothing is said. */
  readonly periods: Readonly<Record<string, number>>;
}

/**
 * Checks that a volume is one, and that it speaks of every lookup.
 *
 * @param pipeline its name, for the message
 * @throws ContractError naming what is wrong
 */
export function checkVolume(
  pipeline: string,
  volume: Volume,
  lookups: readonly { readonly key: string; readonly metrics: readonly string[] }[],
): void {
  const { served, ...counts } = volume;
  for (const [name, count] of Object.entries(counts)) checkCount(pipeline, name, count);
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
