/** What CloudWatch is told: a run's counts, and the metrics that a pipeline lists. */

import type { Run } from "@penstock/lake/ledger-entries.ts";
import type { LookupItem } from "@penstock/lake/lookups.ts";

/** Values that share their dimensions, by metric name. */
export interface Sample {
  readonly values: Readonly<Record<string, number>>;
  /** A count is a number of rows; other figures carry their unit in their name. */
  readonly unit: "Count" | "None";
  readonly dimensions: Readonly<Record<string, string>>;
}

/** A run's counts, per dataset. */
export function runSamples(run: Run): Sample[] {
  return Object.entries(run.datasets).map(([dataset, { read, accepted, quarantined, duplicates }]) => ({
    values: { read, accepted, quarantined, duplicates },
    unit: "Count",
    dimensions: { dataset },
  }));
}

/** The numbers among the figures of the metrics listed: `utilisation.utilisation_ratio` of a site and period. */
export function lookupSamples(
  items: readonly LookupItem[],
  lookup: { readonly key: string; readonly cloudwatch: readonly string[] },
): Sample[] {
  return items.flatMap((item): Sample[] => {
    const [metric = "", ...rest] = item.metric.split("#");
    if (!lookup.cloudwatch.includes(metric)) return [];
    const numbers = Object.entries(item.figures).flatMap(([name, figure]) =>
      "N" in figure ? [[`${metric}.${name}`, Number(figure.N)]] : [],
    );
    if (numbers.length === 0) return [];
    const dimensions = { [lookup.key]: item.key, period: rest.join("#") };
    return [{ values: Object.fromEntries(numbers), unit: "None", dimensions }];
  });
}
