import { expect, test } from "@jest/globals";
import { topicArn } from "../testing/example.ts";
import { made } from "../testing/made.ts";
import { Alarm, type AlarmProps } from "./alarm.ts";

const alarm = (props: Partial<AlarmProps> = {}) =>
  made((scope) => {
    new Alarm(scope, "alarm", {
      name: "late",
      description: "Nothing came.",
      metric: {
        namespace: "AWS/SQS",
        name: "Messages",
        dimensions: { QueueName: "q" },
        statistic: "Maximum",
      },
      threshold: 2,
      topicArn,
      ...props,
    });
  }).one("aws_cloudwatch_metric_alarm");

test("it rings at its threshold within five minutes, tells that it is over too, and silence is well", () => {
  expect(alarm()).toMatchObject({
    alarm_name: "late",
    alarm_description: "Nothing came.",
    namespace: "AWS/SQS",
    metric_name: "Messages",
    dimensions: { QueueName: "q" },
    statistic: "Maximum",
    comparison_operator: "GreaterThanOrEqualToThreshold",
    threshold: 2,
    period: 300,
    evaluation_periods: 1,
    datapoints_to_alarm: 1,
    treat_missing_data: "notBreaching",
    alarm_actions: [topicArn],
    ok_actions: [topicArn],
  });
});

test("it can ring below its threshold, after many periods in a row, and at silence", () => {
  expect(alarm({ below: true, periodSeconds: 3600, periods: 36, missing: "breaching" })).toMatchObject({
    comparison_operator: "LessThanThreshold",
    period: 3600,
    evaluation_periods: 36,
    datapoints_to_alarm: 36,
    treat_missing_data: "breaching",
  });
});
