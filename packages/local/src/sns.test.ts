import { mkdtempSync, readdirSync, readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { SecretsManager } from "./secrets-manager.ts";
import { Sns } from "./sns.ts";
import { answerQuery } from "./wire/query-protocol.ts";
import { snsApi } from "./wire/sns.ts";

const topic = "arn:aws:sns:eu-west-1:000000000000:runs";

function open() {
  const inbox = mkdtempSync(join(tmpdir(), "penstock-sns-"));
  const sns = new Sns({ inbox, topics: () => [topic], arn: (name) => topic.replace("runs", name) });
  const ask = (form: Record<string, string>) => answerQuery(snsApi(sns), new URLSearchParams(form));
  const messages = () =>
    readdirSync(inbox).map((name) => JSON.parse(readFileSync(join(inbox, name), "utf8")));
  return { ask, messages };
}

test("a published message lies in the inbox, attributes and all", () => {
  const { ask, messages } = open();
  const { status, body } = ask({
    Action: "Publish",
    TopicArn: topic,
    Message: "3 < 4 & ü",
    Subject: "done",
    "MessageAttributes.entry.1.Name": "outcome",
    "MessageAttributes.entry.1.Value.DataType": "String",
    "MessageAttributes.entry.1.Value.StringValue": "published",
    "MessageAttributes.entry.2.Name": "rows",
    "MessageAttributes.entry.2.Value.DataType": "Number",
    "MessageAttributes.entry.2.Value.StringValue": "7",
  });
  expect(status).toBe(200);
  const [message] = messages();
  expect(message).toMatchObject({
    TopicArn: topic,
    Subject: "done",
    Message: "3 < 4 & ü",
    MessageAttributes: {
      outcome: { Type: "String", Value: "published" },
      rows: { Type: "Number", Value: "7" },
    },
  });
  expect(body).toContain(`<PublishResult><MessageId>${message.MessageId}</MessageId></PublishResult>`);
});

test.each([
  [{ Action: "Publish", TopicArn: `${topic}x`, Message: "m" }, 404, "NotFound"],
  [{ Action: "Publish", TopicArn: topic, Message: "m", Subject: "two\nlines" }, 400, "InvalidParameter"],
  [{ Action: "Publish", TopicArn: topic, Message: "" }, 400, "InvalidParameter"],
  [{ Action: "Subscribe", TopicArn: topic }, 400, "UnknownOperationException"],
])("%j is refused as SNS refuses", (form, status, code) => {
  const { ask, messages } = open();
  const answer = ask(form as Record<string, string>);
  expect(answer.status).toBe(status);
  expect(answer.body).toContain(`<Code>${code}</Code>`);
  expect(messages()).toEqual([]);
});

test("a secret is made once, and readable by its owner alone", () => {
  const folder = mkdtempSync(join(tmpdir(), "penstock-secrets-"));
  const open = () => new SecretsManager({ names: ["key"], arn: (name) => `arn:${name}`, folder });
  const first = open().get("key");
  expect(first.SecretString).toMatch(/^[0-9a-f]{64}$/);
  expect(open().get("arn:key")).toEqual(first);
  expect(statSync(join(folder, "key")).mode & 0o777).toBe(0o600);
  expect(() => open().get("other")).toThrow(/can't find other; there are: key/);
});
