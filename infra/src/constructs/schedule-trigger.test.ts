import { expect, test } from "@jest/globals";
import { machineArn, queueArn, roleArn } from "../testing/example.ts";
import { json, made } from "../testing/made.ts";
import { dueAt, ScheduleTrigger, type ScheduleTriggerProps } from "./schedule-trigger.ts";

const schedule = (props: Partial<ScheduleTriggerProps> = {}) =>
  made((scope) => {
    new ScheduleTrigger(scope, "sweep", {
      name: "parking-sweep",
      description: "Sweeps",
      group: "parking",
      every: "daily",
      targetArn: machineArn,
      input: { work: { kind: "maintain" } },
      roleArn,
      deadLettersArn: queueArn,
      ...props,
    });
  }).one("aws_scheduler_schedule");

test("it starts its target with its input, tries for a day, and else leaves a dead letter", () => {
  const made = schedule();
  expect(made).toMatchObject({
    name: "parking-sweep",
    group_name: "parking",
    target: {
      arn: machineArn,
      role_arn: roleArn,
      retry_policy: { maximum_event_age_in_seconds: 86_400, maximum_retry_attempts: 185 },
      dead_letter_config: { arn: queueArn },
    },
  });
  expect(json(made["target"] as Record<string, unknown>, "input")).toEqual({ work: { kind: "maintain" } });
});

test("its times are UTC, and not all begin at once", () => {
  expect(schedule()).toMatchObject({
    schedule_expression_timezone: "UTC",
    flexible_time_window: { mode: "FLEXIBLE", maximum_window_in_minutes: 15 },
  });
  expect(schedule({ windowMinutes: 60 })).toMatchObject({
    flexible_time_window: { maximum_window_in_minutes: 60 },
  });
});

test.each([
  ["hourly", "cron(5 * * * ? *)"],
  ["daily", "cron(30 1 * * ? *)"],
  ["weekly", "cron(30 3 ? * SUN *)"],
] as const)("%s is %s", (rhythm, expression) => {
  expect(schedule({ every: rhythm })).toMatchObject({ schedule_expression: expression });
});

test.each([
  [5, "cron(0/5 * * * ? *)"],
  [1, "cron(0/1 * * * ? *)"],
  [7, "rate(7 minutes)"],
  [60, "rate(60 minutes)"],
])("every %i minutes is %s", (minutes, expression) => {
  expect(schedule({ every: { minutes } })).toMatchObject({ schedule_expression: expression });
});

test("without a window it is on time, and may be told when it was due", () => {
  const made = schedule({ windowMinutes: 0, input: { time: dueAt } });
  expect(made).toMatchObject({ flexible_time_window: { mode: "OFF" } });
  expect(made["target"]).toMatchObject({ input: '{"time":"<aws.scheduler.scheduled-time>"}' });
});
