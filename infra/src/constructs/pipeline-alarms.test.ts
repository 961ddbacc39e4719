import { expect, test } from "@jest/globals";
import type { Dataset } from "@penstock/contracts/dataset.ts";
import { pipelineNames } from "@penstock/lake/names.ts";
import { everyKind } from "../access/testing/every-kind.ts";
import { exampleEnvironment, machineArn, topicArn } from "../testing/example.ts";
import { type Attributes, made } from "../testing/made.ts";
import { PipelineAlarms } from "./pipeline-alarms.ts";

const [thing] = everyKind.datasets;
if (thing === undefined) throw new Error("the example has a dataset");

const names = pipelineNames(exampleEnvironment(), everyKind.name);

function alarms(freshness?: Dataset["freshness"]): ReadonlyMap<string, Attributes> {
  const datasets = [{ ...thing, ...(freshness === undefined ? {} : { freshness }) } as Dataset];
  const all = made((scope) => {
    new PipelineAlarms(scope, "alarms", {
      pipeline: { ...everyKind, datasets },
      environment: "dev",
      names,
      machineArn,
      functions: ["penstock-dev-every-kind-read-all"],
      deadLetters: names.deadLetters,
      topicArn,
    });
  }).all("aws_cloudwatch_metric_alarm");
  return new Map(all.map((each) => [String(each["alarm_name"]).replace(`${names.stateMachine}-`, ""), each]));
}

test("a run that failed, a job, a function, a letter that waits: each has its alarm, told to the topic", () => {
  const found = alarms();
  expect([...found.keys()].sort()).toEqual([
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

test.each([
  ["36 hours", 36],
  ["90 minutes", 2],
  ["1 day", 24],
  ["30 days", 7 * 24],
])(
  "rows that are to come within %s are missed after %i hours, a week at most, and silence is bad",
  (within, hours) => {
    expect(alarms({ column: "id", within }).get("freshness-missed-of-every_kind")).toMatchObject({
      namespace: "Penstock",
      metric_name: "published",
      comparison_operator: "LessThanThreshold",
      threshold: 1,
      period: 3600,
      evaluation_periods: hours,
      treat_missing_data: "breaching",
    });
  },
);
