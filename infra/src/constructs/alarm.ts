/** One alarm on one metric, told to one topic. */

import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm/index.js";
import { Construct } from "constructs";

/** A metric of CloudWatch, as a sum, a maximum or a percentile over time. */
export interface Metric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly statistic: "Sum" | "Maximum" | "p99";
}

export interface AlarmProps {
  readonly name: string;
  /** What it means, and the command or page that helps. */
  readonly description: string;
  readonly metric: Metric;
  /** Rings at this value and above; with `below`, under it. */
  readonly threshold: number;
  /** @default false */
  readonly below?: boolean;
  /** @default 300 */
  readonly periodSeconds?: number;
  /** How many periods in a row. @default 1 */
  readonly periods?: number;
  /** What a period without figures counts as. @default "notBreaching" */
  readonly missing?: "notBreaching" | "breaching";
  readonly topicArn: string;
}

export class Alarm extends Construct {
  constructor(scope: Construct, id: string, props: AlarmProps) {
    super(scope, id);
    const { metric, periods = 1 } = props;
    new CloudwatchMetricAlarm(this, "alarm", {
      alarmName: props.name,
      alarmDescription: props.description,
      namespace: metric.namespace,
      metricName: metric.name,
      dimensions: { ...metric.dimensions },
      ...(metric.statistic === "p99"
        ? { extendedStatistic: metric.statistic }
        : { statistic: metric.statistic }),
      comparisonOperator: props.below === true ? "LessThanThreshold" : "GreaterThanOrEqualToThreshold",
      threshold: props.threshold,
      period: props.periodSeconds ?? 300,
      evaluationPeriods: periods,
      datapointsToAlarm: periods,
      treatMissingData: props.missing ?? "notBreaching",
      alarmActions: [props.topicArn],
      okActions: [props.topicArn],
    });
  }
}
