/** What CloudWatch is told of the figures: the metrics that a pipeline lists. */

import type { LookupItem } from "@penstock/lake/lookups.ts";
import type { Sample } from "@penstock/lake/metrics.ts";

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
