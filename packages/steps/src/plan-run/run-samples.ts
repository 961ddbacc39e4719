/** What CloudWatch is told of a run that has ended: its counts, per dataset. */

import type { Run } from "@penstock/lake/ledger-entries.ts";
import type { Sample } from "@penstock/lake/metrics.ts";

/** `published` are the rows that are new in the table or another than they were. */
export function runSamples(run: Pick<Run, "datasets">): Sample[] {
  return Object.entries(run.datasets).map(([dataset, counts]) => {
    const { read, accepted, quarantined, duplicates, inserted, updated } = counts;
    return {
      values: { read, accepted, quarantined, duplicates, published: inserted + updated },
      unit: "Count",
      dimensions: { dataset },
    };
  });
}
