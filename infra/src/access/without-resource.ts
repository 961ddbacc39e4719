/** Actions that AWS knows no resource for, so that a policy has to name them for `*`; there are no others. */

import type { Grant } from "./grant.ts";

/** Each action with what it is needed for. */
export const withoutResource = {
  "xray:PutTraceSegments": "traces belong to the account",
  "xray:PutTelemetryRecords": "what the tracing itself says, which belongs to the account too",
  "xray:GetSamplingRules": "which executions are traced is the account's to say",
  "xray:GetSamplingTargets": "how many are traced is the account's to say, too",
  "logs:CreateLogDelivery": "the log of a state machine is a delivery, and deliveries have no ARN",
  "logs:GetLogDelivery": "a delivery has no ARN",
  "logs:UpdateLogDelivery": "a delivery has no ARN",
  "logs:DeleteLogDelivery": "a delivery has no ARN",
  "logs:ListLogDeliveries": "a delivery has no ARN",
  "logs:PutResourcePolicy":
    "lets deliveries write to the log group; there is one such policy for many groups",
  "logs:DescribeResourcePolicies": "looks whether that policy is there",
  "logs:DescribeLogGroups": "Step Functions looks for its log group by name",
  "cloudwatch:PutMetricData":
    "of no dataset, the one resource that it may have; bound to Glue's own namespace",
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
