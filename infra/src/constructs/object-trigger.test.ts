import { expect, test } from "@jest/globals";
import { machineArn, queueArn, roleArn } from "../testing/example.ts";
import { json, made } from "../testing/made.ts";
import { ObjectTrigger, type ObjectTriggerProps } from "./object-trigger.ts";

const trigger = (props: Partial<ObjectTriggerProps> = {}) =>
  made((scope) => {
    new ObjectTrigger(scope, "objects", {
      name: "parking",
      bucket: "lake",
      prefix: "raw/parking/",
      targetArn: machineArn,
      roleArn,
      deadLettersArn: queueArn,
      ...props,
    });
  });

test("only objects of that bucket below that prefix start it", () => {
  expect(json(trigger().one("aws_cloudwatch_event_rule"), "event_pattern")).toEqual({
    source: ["aws.s3"],
    "detail-type": ["Object Created"],
    detail: { bucket: { name: ["lake"] }, object: { key: [{ prefix: "raw/parking/" }] } },
  });
});

test("it is tried for a day, then the event is a dead letter", () => {
  expect(trigger().one("aws_cloudwatch_event_target")).toMatchObject({
    arn: machineArn,
    role_arn: roleArn,
    retry_policy: { maximum_event_age_in_seconds: 86_400, maximum_retry_attempts: 185 },
    dead_letter_config: { arn: queueArn },
  });
  expect(trigger({ attempts: 2 }).one("aws_cloudwatch_event_target")).toMatchObject({
    retry_policy: { maximum_retry_attempts: 2 },
  });
});

test("a prefix is a prefix, whatever is in it", () => {
  const rule = trigger({ prefix: "raw/${x}/" }).one("aws_cloudwatch_event_rule");
  expect(rule["description"]).toBe("Objects below raw/$${x}/");
  expect(json(rule, "event_pattern").detail.object.key).toEqual([{ prefix: "raw/$${x}/" }]);
});
