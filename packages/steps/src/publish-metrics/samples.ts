/** What CloudWatch is told of the figures: the metrics that a pipeline lists. */

import type { LookupItem } from "@penstock/lake/lookups.ts";
import type { Sample } from "@penstock/lake/metrics.ts";

/** The period of a metric that is all of time. */
const always = "all";

/**
 * The numbers among the figures of the metrics listed: `utilisation.utilisation_ratio` of a site, in all. A month
 * of its own would be one more metric for each key every month, and each is paid for; the lookup has them.
 */
export function lookupSamples(
  items: readonly LookupItem[],
  lookup: { readonly key: string; readonly cloudwatch: readonly string[] },
): Sample[] {
  return items.flatMap((item): Sample[] => {
    const [metric = "", ...period] = item.metric.split("#");
    if (!lookup.cloudwatch.includes(metric) || period.join("#") !== always) return [];
    const numbers = Object.entries(item.figures).flatMap(([name, figure]) =>
      "N" in figure ? [[`${metric}.${name}`, Number(figure.N)]] : [],
    );
    if (numbers.length === 0) return [];
    return [{ values: Object.fromEntries(numbers), unit: "None", dimensions: { [lookup.key]: item.key } }];
  });
}
