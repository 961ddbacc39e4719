/** The Lambda function process of one pipeline: wiring only. */

import { randomUUID } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { openLedger } from "@penstock/lake/ledger.ts";
import { cloudWatchMetrics } from "@penstock/lake/metrics.ts";
import { pipelineNames } from "@penstock/lake/names.ts";
import { openObjects } from "@penstock/lake/objects.ts";
import { athenaQueries } from "@penstock/lake/queries.ts";
import { openSeriesFigures } from "@penstock/lake/series-figures.ts";
import { openSeriesLease } from "@penstock/lake/series-lease.ts";
import { openSeriesRows } from "@penstock/lake/series-rows.ts";
import { openTopic } from "@penstock/lake/topic.ts";
import { logLine } from "@penstock/steps/log.ts";
import type { ProcessContext } from "@penstock/steps/process/context.ts";
import { type ProcessRequest, processRequest } from "@penstock/steps/process/process.ts";
import { setting } from "@penstock/steps/setting.ts";
import pipeline, { processing } from "#pipeline";

let context: ProcessContext | undefined;

export async function handler(request: ProcessRequest) {
  context ??= wire(process.env);
  const fields = { pipeline: pipeline.name, ...what(request) };
  try {
    const done = await processRequest(request, context);
    const level = "outcome" in done && done.outcome !== "processed" ? "WARN" : "INFO";
    console.log(logLine({ level, message: "rows processed", ...fields, ...done }, new Date()));
    return done;
  } catch (error) {
    const why =
      error instanceof Error ? { error: error.name, cause: error.message } : { cause: String(error) };
    console.error(logLine({ level: "ERROR", message: "processing failed", ...fields, ...why }, new Date()));
    throw error;
  }
}

function what(request: ProcessRequest) {
  if ("run_id" in request) return { run_id: request.run_id };
  const { detail } = request as { readonly detail?: { readonly object?: { readonly key?: unknown } } };
  return { file: detail?.object?.key };
}

function wire(environment: Readonly<Record<string, string | undefined>>): ProcessContext {
  const name = setting(environment, "ENVIRONMENT");
  const names = pipelineNames({ name }, pipeline.name);
  const series = pipeline.serves?.series;
  const dataset = pipeline.datasets.find((each) => each.name === series?.dataset);
  if (series === undefined || dataset === undefined) throw new Error(`${pipeline.name} serves no series`);
  return {
    facts: {
      pipeline: pipeline.name,
      environment: name,
      prefix: pipeline.trigger.prefix,
      dataset,
      series,
      processing,
    },
    objects: openObjects(setting(environment, "LAKE_URL")),
    ledger: openLedger({ table: setting(environment, "LEDGER_TABLE"), pipeline: pipeline.name }),
    queries: athenaQueries({
      workGroup: setting(environment, "WORKGROUP"),
      database: setting(environment, "DATABASE"),
    }),
    rows: openSeriesRows({ ...series, table: names.series(series.dataset) }),
    figures: openSeriesFigures({ ...series, table: names.figures(series.dataset) }),
    topic: openTopic(setting(environment, "TOPIC_ARN")),
    emit: cloudWatchMetrics(pipeline.name),
    log: (record) => console.log(logLine(record, new Date())),
    lease: openSeriesLease({ ...series, table: names.figures(series.dataset) }),
    newOwner: randomUUID,
    now: () => new Date(),
    sleep: (milliseconds) => setTimeout(milliseconds),
  };
}
