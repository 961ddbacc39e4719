/** What functions write into their logs is what CloudWatch keeps under the names that the infrastructure watches. */

import { expect, jest, test } from "@jest/globals";
import * as metrics from "@penstock/infra/pipeline-metrics.ts";
import type { Run } from "@penstock/lake/ledger-entries.ts";
import { cloudWatchMetrics, type Sample } from "@penstock/lake/metrics.ts";
import { metricsNamespace } from "@penstock/lake/names.ts";
import { runSamples } from "@penstock/steps/plan-run/run-samples.ts";
import { lookupSamples } from "@penstock/steps/publish-metrics/samples.ts";

const stays = {
  ...{ read: 12, accepted: 9, quarantined: 2, duplicates: 1 },
  ...{ inserted: 4, updated: 3, unchanged: 2, superseded: 0 },
};
const ofRun = runSamples({ datasets: { stays } } as unknown as Run);
const ofSite = lookupSamples(
  [{ key: "s1", metric: "use#all", figures: { ratio: { N: "0.25" } }, publish: 1, run_id: "r1" }],
  { key: "site_id", cloudwatch: ["use"] },
);
const ofSeries: Sample[] = [{ values: { rows_served: 3 }, unit: "Count", dimensions: {} }];

test.each([
  [
    "rows that a run published, which freshness is missed of",
    ofRun,
    metrics.rowsPublished("parking", { name: "stays" }),
    7,
    "Count",
  ],
  ["rows that a series served, likewise", ofSeries, metrics.rowsServed("parking"), 3, "Count"],
  [
    "a figure of a site, which nothing watches but whoever looks",
    ofSite,
    { namespace: metricsNamespace, name: "use.ratio", dimensions: { service: "parking", site_id: "s1" } },
    0.25,
    "None",
  ],
])("%s", (_, samples, { namespace, name, dimensions }, value, unit) => {
  const [line = "", ...more] = sent("parking", samples);
  expect(more).toEqual([]);
  const { _aws, ...members } = JSON.parse(line);
  const [{ Namespace, Dimensions, Metrics }, ...others] = _aws.CloudWatchMetrics;
  expect([Namespace, others]).toEqual([namespace, []]);
  // one set with all of them, or CloudWatch keeps it where no alarm looks
  expect(Dimensions.map((set: string[]) => set.sort())).toEqual([Object.keys(dimensions).sort()]);
  expect(Metrics).toContainEqual(expect.objectContaining({ Name: name, Unit: unit }));
  expect(members).toMatchObject({ ...dimensions, [name]: value });
});

/** The lines that samples become in a function's log. */
function sent(pipeline: string, samples: readonly Sample[]): string[] {
  const lines: string[] = [];
  const write = jest.spyOn(process.stdout, "write").mockImplementation((text) => {
    lines.push(String(text));
    return true;
  });
  for (const sample of samples) cloudWatchMetrics(pipeline)(sample);
  write.mockRestore();
  return lines;
}
