/** What CloudWatch is told: a run's counts, and the metrics that a pipeline lists. */

import type { Run } from "@penstock/lake/ledger-entries.ts";
import type { LookupItem } from "@penstock/lake/lookups.ts";

/** One value of one metric. */
export interface Sample {
  readonly name: string;
  readonly value: number;
  /** A count is a number of rows; other figures carry their unit in their name. */
  readonly unit: "Count" | "None";
  readonly dimensions: Readonly<Record<string, string>>;
}

/** A run's counts, per dataset. */
export function runSamples(run: Run): Sample[] {
  const counts = ["read", "accepted", "quarantined", "duplicates"] as const;
  return Object.entries(run.datasets).flatMap(([dataset, of]) =>
    counts.map((name): Sample => ({ name, value: of[name], unit: "Count", dimensions: { dataset } })),
  );
}

/** The numbers among the figures of the metrics listed: `utilisation_ratio` of a site and period. */
export function lookupSamples(
  items: readonly LookupItem[],
  lookup: { readonly key: string; readonly cloudwatch: readonly string[] },
): Sample[] {
  return items.flatMap((item) => {
    const [metric = "", ...rest] = item.metric.split("#");
    if (!lookup.cloudwatch.includes(metric)) return [];
    const dimensions = { [lookup.key]: item.key, period: rest.join("#") };
    return Object.entries(item.figures).flatMap(([name, figure]): Sample[] =>
      "N" in figure ? [{ name: `${metric}.${name}`, value: Number(figure.N), unit: "None", dimensions }] : [],
    );
  });
}
