import type { Run } from "@penstock/lake/ledger-entries.ts";
import type { Queries } from "@penstock/lake/queries.ts";
import { atOnce } from "@penstock/steps/at-once.ts";
import type { Pipeline } from "@penstock/workflows/pipeline.ts";
import { type MetricMoves, metricMoves } from "./metrics.ts";
import { type RowChanges, rowChanges } from "./rows.ts";
import { versionsAfter } from "./versions.ts";

/** What differs between the tables after one run and after another. */
export interface Diff {
  readonly pipeline: string;
  readonly from: string;
  readonly to: string;
  readonly datasets: Readonly<Record<string, RowChanges>>;
  /** Datasets that are kept as Delta: Athena reads no earlier version of those, so they are not compared. */
  readonly not_compared: readonly string[];
  /** Empty when no table changed. */
  readonly metrics: Readonly<Record<string, MetricMoves>>;
}

/** Metrics computed at once, as when they are published. */
const metricsAtOnce = 4;

/**
 * Compares what two runs left behind: rows by dataset, figures by metric. Samples hold at most `limit` keys of a kind.
 *
 * @throws QueryFailed when a snapshot is no longer kept
 */
export async function compareRuns(
  pipeline: Pipeline,
  runs: { readonly from: Run; readonly to: Run },
  limit: number,
  queries: Queries,
): Promise<Diff> {
  const between = {
    from: versionsAfter(runs.from, pipeline.datasets),
    to: versionsAfter(runs.to, pipeline.datasets),
    limit,
  };
  const datasets: [string, RowChanges][] = [];
  const comparable = pipeline.datasets.filter(({ format }) => format === "iceberg");
  for (const dataset of comparable) {
    datasets.push([dataset.name, await rowChanges(dataset, between, queries)]);
  }
  const same = datasets.every(([, { from_snapshot, to_snapshot }]) => from_snapshot === to_snapshot);
  const asked = same
    ? []
    : pipeline.lookups.flatMap((lookup) => lookup.metrics.map((metric) => ({ lookup, metric })));
  const metrics = await atOnce(
    metricsAtOnce,
    asked,
    async ({ lookup, metric }): Promise<[string, MetricMoves]> => {
      const sql = pipeline.queries.metrics[metric] ?? "";
      return [metric, await metricMoves(metric, sql, lookup, between, queries)];
    },
  );
  return {
    pipeline: pipeline.name,
    from: runs.from.run_id,
    to: runs.to.run_id,
    datasets: Object.fromEntries(datasets),
    not_compared: pipeline.datasets.filter(({ format }) => format !== "iceberg").map(({ name }) => name),
    metrics: Object.fromEntries(metrics),
  };
}
