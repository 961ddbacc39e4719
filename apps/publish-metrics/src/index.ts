/** The Lambda function publish-metrics of one pipeline: wiring only. */

import { openLookups } from "@penstock/lake/lookups.ts";
import { cloudWatchMetrics } from "@penstock/lake/metrics.ts";
import { pipelineNames } from "@penstock/lake/names.ts";
import { athenaQueries } from "@penstock/lake/queries.ts";
import { logLine } from "@penstock/steps/log.ts";
import {
  type PublishedMetrics,
  type PublishMetricsContext,
  type PublishMetricsRequest,
  publishMetrics,
} from "@penstock/steps/publish-metrics/publish-metrics.ts";
import { setting } from "@penstock/steps/setting.ts";
import pipeline from "#pipeline";

let context: PublishMetricsContext | undefined;

export async function handler(request: PublishMetricsRequest): Promise<PublishedMetrics> {
  context ??= wire(process.env);
  const fields = { pipeline: pipeline.name, run_id: request.run_id, publish: request.publish };
  try {
    const done = await publishMetrics(request, context);
    console.log(logLine({ level: "INFO", message: "metrics published", ...fields, ...done }, new Date()));
    return done;
  } catch (error) {
    const why =
      error instanceof Error ? { error: error.name, cause: error.message } : { cause: String(error) };
    console.error(logLine({ level: "ERROR", message: "metrics failed", ...fields, ...why }, new Date()));
    throw error;
  }
}

function wire(environment: Readonly<Record<string, string | undefined>>): PublishMetricsContext {
  const names = pipelineNames({ name: setting(environment, "ENVIRONMENT") }, pipeline.name);
  return {
    facts: { lookups: pipeline.lookups, metrics: pipeline.queries.metrics },
    queries: athenaQueries({
      workGroup: setting(environment, "WORKGROUP"),
      database: setting(environment, "DATABASE"),
    }),
    lookups: (key) => openLookups({ table: names.lookup(key), key }),
    emit: cloudWatchMetrics(pipeline.name),
  };
}
