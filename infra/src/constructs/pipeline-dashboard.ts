/** A CloudWatch dashboard: how a pipeline's runs, functions, queue and rows do. */

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

/** Two in a row, on the grid of 24 columns. */
function widgets(props: PipelineDashboardProps) {
  const { pipeline, names, machineArn, functions, deadLetters } = props;
  const drawn: readonly [string, readonly Metric[]][] = [
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
  ];
  return drawn.map(([title, lines], index) => ({
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
      metrics: lines.map(({ namespace, name, dimensions, statistic }) => [
        namespace,
        name,
        ...Object.entries(dimensions).flat(),
        { stat: statistic },
      ]),
    },
  }));
}
