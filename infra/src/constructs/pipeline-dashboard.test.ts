import { expect, test } from "@jest/globals";
import { pipelineNames } from "@penstock/lake/names.ts";
import { everyKind } from "../access/testing/every-kind.ts";
import { exampleEnvironment, machineArn, region } from "../testing/example.ts";
import { json, made } from "../testing/made.ts";
import { PipelineDashboard } from "./pipeline-dashboard.ts";

const names = pipelineNames(exampleEnvironment(), everyKind.name);
const dashboard = made((scope) => {
  new PipelineDashboard(scope, "dashboard", {
    pipeline: everyKind,
    names,
    region,
    machineArn,
    functions: ["read", "write"],
    deadLetters: names.deadLetters,
    apiId: "abc123",
  });
}).one("aws_cloudwatch_dashboard");

interface Widget {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly properties: { readonly title: string; readonly region: string; readonly metrics: unknown[][] };
}
const widgets: readonly Widget[] = json(dashboard, "dashboard_body").widgets;

test("it draws what the alarms watch, and what went well", () => {
  expect(dashboard).toMatchObject({ dashboard_name: "penstock-dev-every-kind" });
  const drawn = widgets.map(({ properties: { title, metrics } }) => [title, metrics.map(([, name]) => name)]);
  expect(Object.fromEntries(drawn)).toEqual({
    Runs: ["ExecutionsStarted", "ExecutionsSucceeded", "ExecutionsFailed", "ExecutionsTimedOut"],
    "Rows published": ["published"],
    "Job: errors": ["glue.error.ALL"],
    "Functions: errors": ["Errors", "Errors"],
    "Functions: throttled": ["Throttles", "Throttles"],
    "Dead letters waiting": ["ApproximateNumberOfMessagesVisible"],
    "Rows served": ["rows_served"],
    "API: requests, refused and failed": ["Count", "4xx", "5xx"],
    "API: milliseconds": ["Latency"],
  });
});

test("a line is a metric with its dimensions in CloudWatch's own order", () => {
  const errors = widgets.find(({ properties }) => properties.title === "Functions: errors");
  expect(errors?.properties.metrics).toEqual([
    ["AWS/Lambda", "Errors", "FunctionName", "read", { stat: "Sum" }],
    ["AWS/Lambda", "Errors", "FunctionName", "write", { stat: "Sum" }],
  ]);
});

test("no two lie upon each other", () => {
  expect(new Set(widgets.map(({ x, y }) => `${x} ${y}`)).size).toBe(widgets.length);
  for (const { x, width } of widgets) expect(x + width).toBeLessThanOrEqual(24);
  for (const { properties } of widgets) expect(properties.region).toBe(region);
});
