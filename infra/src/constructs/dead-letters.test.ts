import { expect, test } from "@jest/globals";
import { account, exampleEnvironment, keyArn } from "../testing/example.ts";
import { json, made } from "../testing/made.ts";
import { DeadLetters, type DeadLettersProps } from "./dead-letters.ts";

const deadLetters = (props: Partial<DeadLettersProps> = {}) =>
  made((scope) => {
    new DeadLetters(scope, "letters", {
      name: "letters",
      environment: exampleEnvironment(),
      keyArn,
      ...props,
    });
  });

test("letters are encrypted with the environment's key, and wait as long as SQS lets them", () => {
  expect(deadLetters().one("aws_sqs_queue")).toMatchObject({
    name: "letters",
    kms_master_key_id: keyArn,
    message_retention_seconds: 14 * 24 * 3600,
  });
  expect(deadLetters({ retentionDays: 1 }).one("aws_sqs_queue")).toMatchObject({
    message_retention_seconds: 24 * 3600,
  });
});

test("only this account's rules put letters in by themselves, and nobody without TLS", () => {
  const { Statement } = json(deadLetters().one("aws_sqs_queue"), "policy");
  expect(Statement).toEqual([
    expect.objectContaining({
      Effect: "Deny",
      Principal: "*",
      Action: "sqs:*",
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    }),
    expect.objectContaining({
      Effect: "Allow",
      Principal: { Service: "events.amazonaws.com" },
      Action: "sqs:SendMessage",
      Condition: { StringEquals: { "aws:SourceAccount": account } },
    }),
  ]);
});
