/** publish-metrics: what the tables say now, by Athena, into the lookup tables and CloudWatch. */

import { batchSize } from "@penstock/lake/dynamo.ts";
import type { LookupItem, Lookups } from "@penstock/lake/lookups.ts";
import type { EmitSample } from "@penstock/lake/metrics.ts";
import type { Queries } from "@penstock/lake/queries.ts";
import { atOnce, chunks } from "../at-once.ts";
import { metricItems, sameFigures } from "./metric-items.ts";
import { lookupSamples } from "./samples.ts";

/** What one lookup table holds. */
export interface LookupFacts {
  readonly key: string;
  readonly metrics: readonly string[];
  readonly cloudwatch: readonly string[];
}

export interface PublishMetricsFacts {
  readonly lookups: readonly LookupFacts[];
  /** Metric queries by name, in Athena SQL. */
  readonly metrics: Readonly<Record<string, string>>;
}

export interface PublishMetricsContext {
  readonly facts: PublishMetricsFacts;
  readonly queries: Queries;
  /** The lookup table of a key. */
  readonly lookups: (key: string) => Lookups;
  readonly emit: EmitSample;
}

export interface PublishMetricsRequest {
  readonly run_id: string;
  /** The number of the publication whose figures these are. */
  readonly publish: number;
}

export interface PublishedMetrics {
  /** Items put, since they differed. */
  readonly written: number;
  /** Items deleted, since nothing stands behind them any more. */
  readonly deleted: number;
  /** Items left alone: a newer publication has been there. */
  readonly newer: number;
}

/** Queries at once, and writes at once. */
const queriesAtOnce = 4;
const writesAtOnce = 32;
const batchesAtOnce = 8;

/**
 * Brings every lookup table to what the metric queries return. Safe to run twice, and next to a newer publication.
 *
 * @throws QueryFailed, BadMetric
 */
export async function publishMetrics(
  request: PublishMetricsRequest,
  context: PublishMetricsContext,
): Promise<PublishedMetrics> {
  const { facts, emit } = context;
  // all queries first: if one fails, no table shows half of a publication
  const asked = facts.lookups.flatMap((lookup) => lookup.metrics.map((metric) => ({ lookup, metric })));
  const answered = await atOnce(queriesAtOnce, asked, async ({ lookup, metric }) => ({
    lookup,
    items: await metricOf(metric, lookup.key, request, context),
  }));
  const computed = facts.lookups.map((lookup) => ({
    lookup,
    items: answered.flatMap((answer) => (answer.lookup === lookup ? answer.items : [])),
  }));
  const total = { written: 0, deleted: 0, newer: 0 };
  for (const { lookup, items } of computed) {
    const done = await bring(context.lookups(lookup.key), items, request.publish);
    total.written += done.written;
    total.deleted += done.deleted;
    total.newer += done.newer;
  }
  for (const { lookup, items } of computed) {
    for (const sample of lookupSamples(items, lookup)) emit(sample);
  }
  return total;
}

async function metricOf(
  metric: string,
  key: string,
  { run_id, publish }: PublishMetricsRequest,
  { facts, queries }: PublishMetricsContext,
): Promise<LookupItem[]> {
  const sql = facts.metrics[metric];
  if (sql === undefined) throw new Error(`no metric query ${metric}`);
  return metricItems(metric, await queries.run(sql), { key, publish, run_id });
}

/** Puts what differs, deletes what is gone. */
async function bring(
  lookups: Lookups,
  items: readonly LookupItem[],
  publish: number,
): Promise<PublishedMetrics> {
  const idOf = (item: LookupItem): string => JSON.stringify([item.key, item.metric]);
  const wanted = new Map(items.map((item) => [idOf(item), item]));
  const changed: LookupItem[] = [];
  const gone: LookupItem[] = [];
  for await (const there of lookups.all()) {
    const item = wanted.get(idOf(there));
    if (item === undefined) gone.push(there);
    else if (!sameFigures(item, there)) changed.push(item);
    wanted.delete(idOf(there));
  }
  const added = [...wanted.values()];
  await atOnce(batchesAtOnce, chunks(added, batchSize), (batch) => lookups.add(batch));
  const puts = await atOnce(writesAtOnce, changed, (item) => lookups.put(item));
  const deletes = await atOnce(writesAtOnce, gone, (item) => lookups.delete(item, publish));
  const written = added.length + puts.filter(Boolean).length;
  const deleted = deletes.filter(Boolean).length;
  return { written, deleted, newer: added.length + puts.length + deletes.length - written - deleted };
}
