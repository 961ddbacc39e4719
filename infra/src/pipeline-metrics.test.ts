import { expect, test } from "@jest/globals";
import { pipelineNames } from "@penstock/lake/names.ts";
import * as metrics from "./pipeline-metrics.ts";
import { machineArn } from "./testing/example.ts";

test("they are AWS's own, by the names and dimensions under which it keeps them", () => {
  expect(metrics.executionsFailed(machineArn)).toEqual({
    namespace: "AWS/States",
    name: "ExecutionsFailed",
    dimensions: { StateMachineArn: machineArn },
    statistic: "Sum",
  });
  expect(metrics.functionThrottles("f")).toEqual({
    namespace: "AWS/Lambda",
    name: "Throttles",
    dimensions: { FunctionName: "f" },
    statistic: "Sum",
  });
  expect(metrics.lettersWaiting("q")).toEqual({
    namespace: "AWS/SQS",
    name: "ApproximateNumberOfMessagesVisible",
    dimensions: { QueueName: "q" },
    statistic: "Maximum",
  });
  // all of them, or CloudWatch finds no such metric
  expect(metrics.jobErrors(pipelineNames({ name: "dev" }, "parking"))).toMatchObject({
    namespace: "Glue",
    name: "glue.error.ALL",
    dimensions: {
      JobName: "penstock-dev-parking",
      JobRunId: "ALL",
      Type: "count",
      ObservabilityGroup: "error",
    },
  });
});

test("rows published are counted by pipeline and dataset", () => {
  expect(metrics.rowsPublished("parking", { name: "stays" })).toMatchObject({
    namespace: "Penstock",
    name: "published",
    dimensions: { service: "parking", dataset: "stays" },
  });
});

test("rows served are counted by pipeline; of an API the figures are those of its id", () => {
  expect(metrics.rowsServed("metering")).toMatchObject({
    namespace: "Penstock",
    name: "rows_served",
    dimensions: { service: "metering" },
  });
  expect(metrics.apiLatency("a1b2c3")).toEqual({
    namespace: "AWS/ApiGateway",
    name: "Latency",
    dimensions: { ApiId: "a1b2c3" },
    statistic: "p99",
  });
});
