/** A CloudWatch dashboard: how a pipeline's runs, functions, queue, rows and API do. */

import { CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard/index.js";
import type { PipelineNames } from "@penstock/lake/names.ts";
import type { Pipeline } from "@penstock/workflows/pipeline.ts";
import { Construct } from "constructs";
import * as metrics from "../pipeline-metrics.ts";
import type { Metric } from "./alarm.ts";

export interface PipelineDashboardProps {
  readonly pipeline: Pipeline;
  readonly names: PipelineNames;
  readonly region: string;
  readonly machineArn: string;
  readonly functions: readonly string[];
  readonly deadLetters: string;
  /** Of its HTTP API; null where it has none. */
  readonly apiId: string | null;
}

export class PipelineDashboard extends Construct {
  constructor(scope: Construct, id: string, props: PipelineDashboardProps) {
    super(scope, id);
    new CloudwatchDashboard(this, "dashboard", {
      dashboardName: props.names.stateMachine,
      dashboardBody: JSON.stringify({ widgets: widgets(props) }),
    });
  }
}

/** A widget's title and its lines. */
type Drawn = readonly [string, readonly Metric[]];

const lines = (title: string, of: readonly Metric[]): Drawn => [title, of];

/** Two in a row, on the grid of 24 columns. */
function widgets(props: PipelineDashboardProps) {
  const { pipeline, names, machineArn, functions, deadLetters, apiId } = props;
  const drawn: readonly Drawn[] = [
    [
      "Runs",
      [
        metrics.executionsStarted(machineArn),
        metrics.executionsSucceeded(machineArn),
        metrics.executionsFailed(machineArn),
        metrics.executionsTimedOut(machineArn),
      ],
    ],
    ["Rows published", pipeline.datasets.map((dataset) => metrics.rowsPublished(pipeline.name, dataset))],
    ["Job: errors", [metrics.jobErrors(names)]],
    ["Functions: errors", functions.map(metrics.functionErrors)],
    ["Functions: throttled", functions.map(metrics.functionThrottles)],
    ["Dead letters waiting", [metrics.lettersWaiting(deadLetters)]],
    ...(pipeline.serves === undefined ? [] : [lines("Rows served", [metrics.rowsServed(pipeline.name)])]),
    ...(apiId === null
      ? []
      : [
          lines("API: requests, refused and failed", [
            metrics.apiRequests(apiId),
            metrics.apiRefusals(apiId),
            metrics.apiErrors(apiId),
          ]),
          lines("API: milliseconds", [metrics.apiLatency(apiId)]),
        ]),
  ];
  return drawn.map(([title, of], index) => ({
    type: "metric",
    x: (index % 2) * 12,
    y: Math.floor(index / 2) * 6,
    width: 12,
    height: 6,
    properties: {
      title,
      region: props.region,
      view: "timeSeries",
      period: 300,
      metrics: of.map(({ namespace, name, dimensions, statistic }) => [
        namespace,
        name,
        ...Object.entries(dimensions).flat(),
        { stat: statistic },
      ]),
    },
  }));
}
