import { expect, test } from "@jest/globals";
import type { Dataset } from "@penstock/contracts/dataset.ts";
import { pipelineNames } from "@penstock/lake/names.ts";
import type { Pipeline } from "@penstock/workflows/pipeline.ts";
import { everyKind } from "../access/testing/every-kind.ts";
import { exampleEnvironment, machineArn, topicArn } from "../testing/example.ts";
import { type Attributes, made } from "../testing/made.ts";
import { PipelineAlarms } from "./pipeline-alarms.ts";

const [thing] = everyKind.datasets;
if (thing === undefined) throw new Error("the example has a dataset");

const names = pipelineNames(exampleEnvironment(), everyKind.name);

const { serves: _, ...without } = everyKind;

function alarms(
  freshness?: Dataset["freshness"],
  pipeline: Pipeline = everyKind,
): ReadonlyMap<string, Attributes> {
  const datasets = [{ ...thing, ...(freshness === undefined ? {} : { freshness }) } as Dataset];
  const all = made((scope) => {
    new PipelineAlarms(scope, "alarms", {
      pipeline: { ...pipeline, datasets },
      environment: "dev",
      names,
      machineArn,
      functions: ["penstock-dev-every-kind-read-all"],
      deadLetters: names.deadLetters,
      apiId: "abc123",
      topicArn,
    });
  }).all("aws_cloudwatch_metric_alarm");
  return new Map(all.map((each) => [String(each["alarm_name"]).replace(`${names.stateMachine}-`, ""), each]));
}

test("a run that failed, a job, a function, a letter that waits, the API: each has its alarm, told to the topic", () => {
  const found = alarms();
  expect([...found.keys()].sort()).toEqual([
    "api-errors",
    "api-slow",
    "dead-letters-waiting",
    "executions-failed",
    "executions-timed-out",
    "function-errors-of-penstock-dev-every-kind-read-all",
    "function-throttles-of-penstock-dev-every-kind-read-all",
    "job-failed",
  ]);
  for (const alarm of found.values()) expect(alarm).toMatchObject({ alarm_actions: [topicArn] });
});

test("each says what it means, what to type or where to read, and nothing of its name's own", () => {
  const found = alarms();
  expect(found.get("executions-failed")).toMatchObject({
    alarm_description:
      "A run of every-kind failed: pnpm penstock runs every-kind --env dev. docs/runbook.md#executions-failed",
  });
  expect(found.get("function-errors-of-penstock-dev-every-kind-read-all")).toMatchObject({
    alarm_description: expect.stringMatching(/ docs\/runbook\.md#function-errors$/),
  });
});

test("the API's own errors ring, and one request in a hundred that takes more than three seconds", () => {
  const found = alarms();
  expect(found.get("api-errors")).toMatchObject({
    namespace: "AWS/ApiGateway",
    metric_name: "5xx",
    dimensions: { ApiId: "abc123" },
    statistic: "Sum",
  });
  expect(found.get("api-slow")).toMatchObject({
    metric_name: "Latency",
    extended_statistic: "p99",
    threshold: 3000,
    evaluation_periods: 3,
  });
  expect(found.get("api-slow")).not.toHaveProperty("statistic");
});

test.each([
  ["36 hours", 3600, 36],
  ["90 minutes", 3600, 2],
  ["1 day", 3600, 24],
  ["30 days", 3600, 7 * 24],
  ["15 minutes", 300, 3],
  ["7 minutes", 300, 2],
])(
  "rows that are to come within %s are missed after periods of %i s, %i of them, and silence is bad",
  (within, seconds, periods) => {
    expect(alarms({ column: "id", within }, without).get("freshness-missed-of-every_kind")).toMatchObject({
      namespace: "Penstock",
      metric_name: "published",
      comparison_operator: "LessThanThreshold",
      threshold: 1,
      period: seconds,
      evaluation_periods: periods,
      treat_missing_data: "breaching",
    });
  },
);

test("of a series it is the rows that were served, as they arrive", () => {
  const missed = alarms({ column: "id", within: "15 minutes" }).get("freshness-missed-of-every_kind");
  expect(missed).toMatchObject({
    metric_name: "rows_served",
    dimensions: { service: "every-kind" },
    alarm_description: "No row of every_kind was served within 15 minutes. docs/runbook.md#freshness-missed",
  });
});
