import { expect, test } from "@jest/globals";
import { functionArn, machineArn, queueArn, roleArn } from "../testing/example.ts";
import { json, made } from "../testing/made.ts";
import { ObjectTrigger, type ObjectTriggerProps } from "./object-trigger.ts";

const trigger = (props: Partial<ObjectTriggerProps> = {}) =>
  made((scope) => {
    new ObjectTrigger(scope, "objects", {
      name: "parking",
      bucket: "lake",
      prefix: "raw/parking/",
      target: { kind: "machine", arn: machineArn, roleArn },
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

test("with an end of its key, both ends are one filter, in which an asterisk is itself", () => {
  const keys = (props: Partial<ObjectTriggerProps>) =>
    json(trigger(props).one("aws_cloudwatch_event_rule"), "event_pattern").detail.object.key;
  expect(keys({ suffix: ".json" })).toEqual([{ wildcard: "raw/parking/*.json" }]);
  expect(keys({ prefix: "raw/a*\\b/", suffix: ".json" })).toEqual([{ wildcard: "raw/a\\*\\\\b/*.json" }]);
});

test("a function lets this one rule in, and needs no role", () => {
  const made = trigger({ target: { kind: "function", arn: functionArn, name: "parking-take" } });
  expect(made.one("aws_cloudwatch_event_target")).toMatchObject({
    arn: functionArn,
    retry_policy: { maximum_event_age_in_seconds: 86_400, maximum_retry_attempts: 185 },
    dead_letter_config: { arn: queueArn },
  });
  expect(made.one("aws_cloudwatch_event_target")).not.toHaveProperty("role_arn");
  expect(made.one("aws_lambda_permission")).toMatchObject({
    action: "lambda:InvokeFunction",
    function_name: "parking-take",
    principal: "events.amazonaws.com",
    source_arn: expect.stringMatching(/^\$\{aws_cloudwatch_event_rule\..*\.arn\}$/),
  });
  expect(trigger().types).not.toContain("aws_lambda_permission");
});
