/** The metrics that say how a pipeline does: what its alarms watch and its dashboard draws. */

import type { Dataset } from "@penstock/contracts/dataset.ts";
import { metricsNamespace, type PipelineNames } from "@penstock/lake/names.ts";
import type { Metric } from "./constructs/alarm.ts";

const states = (arn: string, name: string): Metric => ({
  namespace: "AWS/States",
  name,
  dimensions: { StateMachineArn: arn },
  statistic: "Sum",
});

export const executionsStarted = (machineArn: string): Metric => states(machineArn, "ExecutionsStarted");
export const executionsSucceeded = (machineArn: string): Metric => states(machineArn, "ExecutionsSucceeded");
export const executionsFailed = (machineArn: string): Metric => states(machineArn, "ExecutionsFailed");
export const executionsTimedOut = (machineArn: string): Metric => states(machineArn, "ExecutionsTimedOut");

/** Job runs that ended in an error, by Glue's observability metrics. */
export const jobErrors = ({ job }: PipelineNames): Metric => ({
  namespace: "Glue",
  name: "glue.error.ALL",
  dimensions: { JobName: job, JobRunId: "ALL", Type: "count", ObservabilityGroup: "error" },
  statistic: "Sum",
});

const lambda = (functionName: string, name: string): Metric => ({
  namespace: "AWS/Lambda",
  name,
  dimensions: { FunctionName: functionName },
  statistic: "Sum",
});

export const functionErrors = (functionName: string): Metric => lambda(functionName, "Errors");
export const functionThrottles = (functionName: string): Metric => lambda(functionName, "Throttles");

export const lettersWaiting = (queueName: string): Metric => ({
  namespace: "AWS/SQS",
  name: "ApproximateNumberOfMessagesVisible",
  dimensions: { QueueName: queueName },
  statistic: "Maximum",
});

/** Rows that runs published, inserted or updated: plan-run counts them. */
export const rowsPublished = (pipeline: string, { name }: Pick<Dataset, "name">): Metric => ({
  namespace: metricsNamespace,
  name: "published",
  dimensions: { service: pipeline, dataset: name },
  statistic: "Sum",
});

/** Rows that a pipeline's series took in as they arrived: the function that serves them counts them. */
export const rowsServed = (pipeline: string): Metric => ({
  namespace: metricsNamespace,
  name: "rows_served",
  dimensions: { service: pipeline },
  statistic: "Sum",
});

const api = (id: string, name: string, statistic: Metric["statistic"]): Metric => ({
  namespace: "AWS/ApiGateway",
  name,
  dimensions: { ApiId: id },
  statistic,
});

export const apiRequests = (id: string): Metric => api(id, "Count", "Sum");
export const apiRefusals = (id: string): Metric => api(id, "4xx", "Sum");
export const apiErrors = (id: string): Metric => api(id, "5xx", "Sum");
/** Milliseconds that 99 of 100 requests stay under. */
export const apiLatency = (id: string): Metric => api(id, "Latency", "p99");
