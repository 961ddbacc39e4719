/** Actions that AWS knows no resource for, so that a policy has to name them for `*`; there are no others. */

import type { Grant } from "./grant.ts";

/** Each action with what it is needed for. */
export const withoutResource = {
  "xray:PutTraceSegments": "traces belong to the account",
  "xray:PutTelemetryRecords": "what the tracing itself says, which belongs to the account too",
  "xray:GetSamplingRules": "which executions are traced is the account's to say",
  "xray:GetSamplingTargets": "and how many of them",
  "logs:CreateLogDelivery": "the log of a state machine is a delivery, and deliveries have no ARN",
  "logs:GetLogDelivery": "as above",
  "logs:UpdateLogDelivery": "as above",
  "logs:DeleteLogDelivery": "as above",
  "logs:ListLogDeliveries": "as above",
  "logs:PutResourcePolicy":
    "lets deliveries write to the log group; there is one such policy for many groups",
  "logs:DescribeResourcePolicies": "as above",
  "logs:DescribeLogGroups": "Step Functions looks for its log group by name",
  "cloudwatch:PutMetricData": "metrics have no ARN; granted for Glue's own namespace only",
  "athena:ListDataCatalogs": "the console's list of catalogues, names alone",
  "athena:ListWorkGroups": "the console's list of workgroups, names alone",
} as const satisfies Readonly<Record<string, string>>;

type Unbound = keyof typeof withoutResource;

/** For functions. */
export const traced: Grant = unbound("Trace", ["xray:PutTraceSegments", "xray:PutTelemetryRecords"]);

/** For a state machine, which decides by itself what is traced. */
export const tracedAndSampled: Grant = unbound("Trace", [
  "xray:PutTraceSegments",
  "xray:PutTelemetryRecords",
  "xray:GetSamplingRules",
  "xray:GetSamplingTargets",
]);

export const logDelivery: Grant = unbound("DeliverLogs", [
  "logs:CreateLogDelivery",
  "logs:GetLogDelivery",
  "logs:UpdateLogDelivery",
  "logs:DeleteLogDelivery",
  "logs:ListLogDeliveries",
  "logs:PutResourcePolicy",
  "logs:DescribeResourcePolicies",
  "logs:DescribeLogGroups",
]);

export const jobMetrics: Grant = {
  ...unbound("JobMetrics", ["cloudwatch:PutMetricData"]),
  condition: { StringEquals: { "cloudwatch:namespace": ["Glue"] } },
};

export const athenaLists: Grant = unbound("ListAthena", ["athena:ListDataCatalogs", "athena:ListWorkGroups"]);

function unbound(name: string, actions: readonly Unbound[]): Grant {
  return { name, actions, resources: ["*"] };
}
