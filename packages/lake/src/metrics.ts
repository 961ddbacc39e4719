/** CloudWatch metrics, sent as lines of the log (its embedded metric format). */

import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";
import { metricsNamespace } from "./names.ts";

/** Values that share their dimensions, by metric name. */
export interface Sample {
  readonly values: Readonly<Record<string, number>>;
  /** A count is a number of rows; other figures carry their unit in their name. */
  readonly unit: "Count" | "None";
  readonly dimensions: Readonly<Record<string, string>>;
}

/** Sends the values of one set of dimensions, to which the pipeline is added as `service`. */
export type EmitSample = (sample: Sample) => void;

export function cloudWatchMetrics(pipeline: string): EmitSample {
  return ({ values, unit, dimensions }) => {
    const metrics = new Metrics({ namespace: metricsNamespace, serviceName: pipeline });
    metrics.addDimensions({ ...dimensions });
    for (const [name, value] of Object.entries(values)) {
      metrics.addMetric(name, unit === "Count" ? MetricUnit.Count : MetricUnit.NoUnit, value);
    }
    metrics.publishStoredMetrics();
  };
}
