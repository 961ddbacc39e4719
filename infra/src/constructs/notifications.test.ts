import { expect, test } from "@jest/globals";
import { account, exampleEnvironment, keyArn } from "../testing/example.ts";
import { json, made } from "../testing/made.ts";
import { Notifications, type NotificationsProps } from "./notifications.ts";

const notifications = (props: Partial<NotificationsProps> = {}) =>
  made((scope) => {
    new Notifications(scope, "told", { name: "told", environment: exampleEnvironment(), keyArn, ...props });
  });

const statements = (props?: Partial<NotificationsProps>) =>
  json(notifications(props).one("aws_sns_topic_policy"), "policy").Statement;

const withoutTls = expect.objectContaining({
  Effect: "Deny",
  Principal: "*",
  Condition: { Bool: { "aws:SecureTransport": "false" } },
});

test("a topic is encrypted, TLS alone, and tells nobody by itself", () => {
  expect(notifications().one("aws_sns_topic")).toMatchObject({ name: "told", kms_master_key_id: keyArn });
  expect(notifications().all("aws_sns_topic_subscription")).toEqual([]);
  expect(statements()).toEqual([withoutTls]);
});

test("services publish for this account alone", () => {
  expect(statements({ publishers: ["cloudwatch.amazonaws.com"] })).toEqual([
    withoutTls,
    expect.objectContaining({
      Effect: "Allow",
      Principal: { Service: ["cloudwatch.amazonaws.com"] },
      Action: "sns:Publish",
      Condition: { StringEquals: { "aws:SourceAccount": account } },
    }),
  ]);
});

test("each address is subscribed", () => {
  const emails = ["a@example.com", "b@example.com"];
  expect(notifications({ emails }).all("aws_sns_topic_subscription")).toEqual(
    emails.map((endpoint) => expect.objectContaining({ protocol: "email", endpoint })),
  );
});
