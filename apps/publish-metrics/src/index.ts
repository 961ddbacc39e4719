/** The Lambda function publish-metrics of one pipeline: wiring only. */

import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";
import { openLedger } from "@penstock/lake/ledger.ts";
import { openLookups } from "@penstock/lake/lookups.ts";
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
    ledger: openLedger({ table: setting(environment, "LEDGER_TABLE"), pipeline: pipeline.name }),
    lookups: (key) => openLookups({ table: names.lookup(key), key }),
    emit: ({ values, unit, dimensions }) => {
      // the service that powertools adds to the dimensions is the pipeline
      const metrics = new Metrics({ namespace: "Penstock", serviceName: pipeline.name });
      metrics.addDimensions({ ...dimensions });
      for (const [name, value] of Object.entries(values)) {
        metrics.addMetric(name, unit === "Count" ? MetricUnit.Count : MetricUnit.NoUnit, value);
      }
      metrics.publishStoredMetrics();
    },
  };
}
