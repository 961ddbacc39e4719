import { expect, test } from "@jest/globals";
import { bytes, exampleEnvironment, keyArn, policy, queueArn } from "../testing/example.ts";
import { json, made } from "../testing/made.ts";
import { JobCode } from "./job-code.ts";
import { LambdaFunction, type LambdaFunctionProps } from "./lambda-function.ts";

const lambda = (props: Partial<LambdaFunctionProps> = {}) =>
  made((scope) => {
    new LambdaFunction(scope, "function", {
      name: "parking-plan-run",
      description: "plan-run of parking",
      environment: exampleEnvironment(),
      keyArn,
      bundle: { "index.mjs": bytes("export const handler = () => 1;") },
      code: new JobCode(scope, "code", { bucket: "code", runtime: bytes("zip"), jars: {} }),
      policy,
      settings: { LEDGER_TABLE: "ledger" },
      deadLettersArn: queueArn,
      ...props,
    });
  });

test("it runs its bundle on Node 22 and arm64, with half a gigabyte and a quarter of an hour", () => {
  expect(lambda().one("aws_lambda_function")).toMatchObject({
    function_name: "parking-plan-run",
    runtime: "nodejs22.x",
    architectures: ["arm64"],
    handler: "index.handler",
    s3_bucket: expect.stringMatching(/^\$\{aws_s3_object\..*parking-plan-run.*\.bucket\}$/),
    s3_key: expect.stringMatching(/^\$\{aws_s3_object\..*parking-plan-run.*\.key\}$/),
    memory_size: 512,
    timeout: 900,
  });
  expect(lambda({ memoryMb: 256, timeoutSeconds: 30 }).one("aws_lambda_function")).toMatchObject({
    memory_size: 256,
    timeout: 30,
  });
});

test("its settings are encrypted, and all that it is told", () => {
  expect(lambda().one("aws_lambda_function")).toMatchObject({
    environment: { variables: { LEDGER_TABLE: "ledger" } },
    kms_key_arn: keyArn,
  });
});

test("it is traced, and its log is there before it is: encrypted, and not for ever", () => {
  const made = lambda();
  expect(made.one("aws_lambda_function")).toMatchObject({
    tracing_config: { mode: "Active" },
    logging_config: { log_group: expect.stringMatching(/^\$\{aws_cloudwatch_log_group\./) },
  });
  expect(made.one("aws_cloudwatch_log_group")).toMatchObject({
    name: "/aws/lambda/parking-plan-run",
    kms_key_id: keyArn,
    retention_in_days: 30,
  });
  expect(lambda({ logRetentionDays: 14 }).one("aws_cloudwatch_log_group")).toMatchObject({
    retention_in_days: 14,
  });
});

test("an event that it fails on for good goes to the dead letters", () => {
  expect(lambda().one("aws_lambda_function_event_invoke_config")).toMatchObject({
    maximum_retry_attempts: 2,
    destination_config: { on_failure: { destination: queueArn } },
  });
});

test("nothing is set aside of the account's concurrency, unless it is asked for", () => {
  expect(lambda().one("aws_lambda_function")).not.toHaveProperty("reserved_concurrent_executions");
  expect(lambda({ reservedConcurrency: 3 }).one("aws_lambda_function")).toMatchObject({
    reserved_concurrent_executions: 3,
  });
});

test("the same bundle is the same code, another is not", () => {
  const hash = (source: string) =>
    lambda({ bundle: { "index.mjs": bytes(source) } }).one("aws_lambda_function")["source_code_hash"];
  expect(hash("a")).toBe(hash("a"));
  expect(hash("a")).not.toBe(hash("b"));
});

test("it has a role of its own, and waits for what that may do", () => {
  const made = lambda();
  expect(json(made.one("aws_iam_policy"), "policy")).toEqual(policy);
  expect(made.one("aws_lambda_function")["depends_on"]).toEqual([
    expect.stringMatching(/^aws_iam_role_policy_attachment\./),
  ]);
});
