import { describe, expect, test } from "@jest/globals";
import type { Pipeline } from "@penstock/workflows/pipeline.ts";
import { everyKind } from "../access/testing/every-kind.ts";
import { bytes, exampleEnvironment, keyArn, topicArn } from "../testing/example.ts";
import { type Attributes, json, made } from "../testing/made.ts";
import { metering } from "../testing/metering.ts";
import { JobCode } from "./job-code.ts";
import { PipelineOnAws, type PipelineOnAwsProps } from "./pipeline-on-aws.ts";

const onAws = (props: Partial<PipelineOnAwsProps> = {}) =>
  made((scope) => {
    new PipelineOnAws(scope, "every-kind", {
      pipeline: everyKind,
      environment: exampleEnvironment({ emails: ["ann@example.com"], retentionDays: { logs: 90 } }),
      keyArn,
      alarmsArn: topicArn,
      securityConfiguration: "secure",
      jobCode: new JobCode(scope, "code", { bucket: "code", runtime: bytes("zip"), jars: {} }),
      bundle: (app) => ({ "index.mjs": bytes(`// ${app}`) }),
      script: bytes("print()"),
      ...props,
    });
  });
const all = onAws();

const named = (type: string, key = "name") =>
  all
    .all(type)
    .map((each) => each[key])
    .sort();

test("each function that the workflow calls, or something else starts, is one, and the job, the machine, the topic and the queue are there", () => {
  expect(named("aws_lambda_function", "function_name")).toEqual([
    "penstock-dev-every-kind-api",
    "penstock-dev-every-kind-nothing",
    "penstock-dev-every-kind-on-object",
    "penstock-dev-every-kind-on-time",
    "penstock-dev-every-kind-read-all",
    "penstock-dev-every-kind-write-all",
  ]);
  for (const type of ["aws_glue_job", "aws_sfn_state_machine", "aws_sns_topic"]) {
    expect(named(type)).toEqual(["penstock-dev-every-kind"]);
  }
  expect(named("aws_sqs_queue")).toEqual(["penstock-dev-every-kind-dead-letters"]);
});

test("each has a role of its own", () => {
  expect(named("aws_iam_role")).toEqual([
    "penstock-dev-every-kind-api",
    "penstock-dev-every-kind-job",
    "penstock-dev-every-kind-nothing",
    "penstock-dev-every-kind-objects",
    "penstock-dev-every-kind-on-object",
    "penstock-dev-every-kind-on-time",
    "penstock-dev-every-kind-read-all",
    "penstock-dev-every-kind-schedules",
    "penstock-dev-every-kind-states",
    "penstock-dev-every-kind-write-all",
  ]);
});

test("its definition has no name left to fill", () => {
  const definition = String(all.one("aws_sfn_state_machine")["definition"]);
  expect(definition).not.toContain("${");
  expect(definition).toContain(
    "arn:aws:lambda:eu-west-1:111111111111:function:penstock-dev-every-kind-read-all",
  );
});

test("the sweep starts it as an empty event does, maintenance says what it is, a function is told when it was due", () => {
  const inputs = all.all("aws_scheduler_schedule").map((each) => {
    return [each["name"], json(each["target"] as Attributes, "input")];
  });
  expect(Object.fromEntries(inputs)).toEqual({
    "penstock-dev-every-kind-sweep": {},
    "penstock-dev-every-kind-maintenance": { work: { kind: "maintain" } },
    "penstock-dev-every-kind-on-time": { time: "<aws.scheduler.scheduled-time>" },
  });
});

test("every event that comes to nothing goes to its one queue", () => {
  const queue = expect.stringMatching(/^\$\{aws_sqs_queue\.every-kind_dead-letters_.*\.arn\}$/);
  const letters = { dead_letter_config: { arn: queue } };
  expect(all.all("aws_cloudwatch_event_target")).toHaveLength(2);
  for (const target of all.all("aws_cloudwatch_event_target")) expect(target).toMatchObject(letters);
  for (const { target } of all.all("aws_scheduler_schedule")) expect(target).toMatchObject(letters);
  for (const config of all.all("aws_lambda_function_event_invoke_config")) {
    expect(config).toMatchObject({ destination_config: { on_failure: { destination: queue } } });
  }
});

test("logs are kept as long as the environment says, and its addresses are told of runs", () => {
  for (const group of all.all("aws_cloudwatch_log_group")) {
    expect(group).toMatchObject({ retention_in_days: 90, kms_key_id: keyArn });
  }
  expect(all.one("aws_sns_topic_subscription")).toMatchObject({ endpoint: "ann@example.com" });
});

test("functions are told where things are, and no secret", () => {
  for (const { environment } of all.all("aws_lambda_function")) {
    expect(environment).toEqual({
      variables: {
        ENVIRONMENT: "dev",
        LAKE_URL: "s3://penstock-dev-lake-111111111111-eu-west-1/",
        LEDGER_TABLE: "penstock-dev-ledger",
        DATABASE: "penstock_dev",
        WORKGROUP: "penstock-dev",
        TOPIC_ARN: "arn:aws:sns:eu-west-1:111111111111:penstock-dev-every-kind",
      },
    });
  }
  expect(all.types).not.toContain("aws_secretsmanager_secret_version");
});

test("what has tags carries the pipeline's name", () => {
  const tagged = [
    "aws_lambda_function",
    "aws_glue_job",
    "aws_sfn_state_machine",
    "aws_sns_topic",
    "aws_sqs_queue",
  ];
  const more = ["aws_cloudwatch_log_group", "aws_cloudwatch_event_rule", "aws_cloudwatch_metric_alarm"];
  const most = [...more, "aws_iam_role", "aws_iam_policy", "aws_scheduler_schedule_group"];
  for (const type of [...tagged, ...most]) {
    expect(all.all(type)).not.toEqual([]);
    for (const each of all.all(type)) expect(each).toMatchObject({ tags: { pipeline: "every-kind" } });
  }
});

test("a description is text, whatever it holds", () => {
  const pipeline = { ...everyKind, description: "What ${it} is" };
  expect(onAws({ pipeline }).one("aws_glue_job")).toMatchObject({ description: "What $${it} is" });
});

describe("of a pipeline whose objects start a function", () => {
  const meters = onAws({ pipeline: metering });

  test("no object starts the state machine, and those of the prefix and suffix start the function", () => {
    const rule = meters.one("aws_cloudwatch_event_rule");
    expect(rule).toMatchObject({ name: "penstock-dev-metering-process" });
    expect(json(rule, "event_pattern").detail.object.key).toEqual([{ wildcard: "raw/metering/*.json" }]);
    expect(meters.all("aws_iam_role").map((each) => each["name"])).not.toContain(
      "penstock-dev-metering-objects",
    );
  });

  test("a function has the time and memory that whatever starts it asks for, at least", () => {
    const sizes = meters
      .all("aws_lambda_function")
      .map(({ function_name, timeout, memory_size }) => [function_name, timeout, memory_size]);
    expect(sizes.sort()).toEqual([
      ["penstock-dev-metering-api", 30, 1024],
      ["penstock-dev-metering-plan-run", 900, 512],
      // a state of the workflow calls it, too
      ["penstock-dev-metering-process", 900, 1024],
      ["penstock-dev-metering-simulate", 30, 512],
    ]);
  });

  test("the function by the clock is on time", () => {
    const schedules = meters.all("aws_scheduler_schedule");
    expect(schedules.find(({ name }) => name === "penstock-dev-metering-simulate")).toMatchObject({
      schedule_expression: "cron(0/5 * * * ? *)",
      flexible_time_window: { mode: "OFF" },
      group_name: expect.stringMatching(/^\$\{aws_scheduler_schedule_group\./),
    });
  });

  test("its API answers, by a function, and carries the pipeline's name", () => {
    expect(meters.one("aws_apigatewayv2_api")).toMatchObject({
      name: "penstock-dev-metering",
      description: "What meters say",
      tags: { pipeline: "metering" },
    });
    expect(meters.one("aws_apigatewayv2_stage")).toMatchObject({ tags: { pipeline: "metering" } });
    const without = onAws({ pipeline: omitted(metering) });
    expect(without.types.filter((type) => type.startsWith("aws_apigatewayv2"))).toEqual([]);
  });
});

function omitted({ serves, functions, ...rest }: Pipeline): Pipeline {
  expect([serves, functions]).not.toContain(undefined);
  return rest;
}
