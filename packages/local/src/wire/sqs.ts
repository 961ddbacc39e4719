import { setTimeout as sleep } from "node:timers/promises";
import { invalid } from "../aws-error.ts";
import {
  isObject,
  type Json,
  type JsonObject,
  optionalNumber,
  optionalText,
  requiredText,
  textList,
} from "../json.ts";
import { page } from "../page.ts";
import { md5, type Received, type Sqs } from "../sqs.ts";
import type { JsonService } from "./json-protocol.ts";

/** How SQS's API names what it can't know by itself. */
export interface SqsAddresses {
  readonly arn: (queue: string) => string;
  readonly url: (queue: string) => string;
}

/** SQS's API: sending, receiving and deleting messages, and how many there are. */
export function sqsApi(sqs: Sqs, { arn, url }: SqsAddresses): JsonService {
  /** By the last part of its URL: the port is another one after each start. */
  const queueOf = (input: JsonObject): string =>
    sqs.find(requiredText(input, "QueueUrl").split("/").at(-1) ?? "");
  return {
    name: "SQS",
    target: "AmazonSQS",
    operations: {
      GetQueueUrl: (input) => ({ QueueUrl: url(sqs.find(requiredText(input, "QueueName"))) }),
      ListQueues: (input) => {
        const prefix = optionalText(input, "QueueNamePrefix") ?? "";
        const names = sqs.names().filter((name) => name.startsWith(prefix));
        const cut = page(
          names,
          optionalText(input, "NextToken"),
          optionalNumber(input, "MaxResults") ?? 1000,
        );
        return { QueueUrls: cut.items.map(url), NextToken: cut.next };
      },
      GetQueueAttributes: (input) => {
        const queue = queueOf(input);
        const { visible, received, delayed } = sqs.counts(queue);
        const all = {
          QueueArn: arn(queue),
          ApproximateNumberOfMessages: String(visible),
          ApproximateNumberOfMessagesNotVisible: String(received),
          ApproximateNumberOfMessagesDelayed: String(delayed),
        };
        const asked = textList(input, "AttributeNames") ?? [];
        const isAsked = ([name]: [string, string]) => asked.includes("All") || asked.includes(name);
        return { Attributes: Object.fromEntries(Object.entries(all).filter(isAsked)) };
      },
      SendMessage: (input) => {
        const body = requiredText(input, "MessageBody");
        const delay = within(input, "DelaySeconds", 0, 900) ?? 0;
        const id = sqs.send(queueOf(input), body, attributesOf(input), delay);
        return { MessageId: id, MD5OfMessageBody: md5(body) };
      },
      ReceiveMessage: async (input) => {
        const queue = queueOf(input);
        const most = within(input, "MaxNumberOfMessages", 1, 10) ?? 1;
        const visibility = within(input, "VisibilityTimeout", 0, 43_200) ?? 30;
        const until = Date.now() + (within(input, "WaitTimeSeconds", 0, 20) ?? 0) * 1000;
        let received = sqs.receive(queue, most, visibility);
        while (received.length === 0 && Date.now() < until) {
          await sleep(50);
          received = sqs.receive(queue, most, visibility);
        }
        return received.length === 0 ? {} : { Messages: received.map((message) => told(message, input)) };
      },
      DeleteMessage: (input) => {
        sqs.delete(queueOf(input), requiredText(input, "ReceiptHandle"));
        return {};
      },
    },
  };
}

/** A message with the attributes that were asked for. */
function told(message: Received, input: JsonObject): JsonObject {
  const system = {
    SentTimestamp: String(message.sent_at),
    ApproximateReceiveCount: String(message.receives),
    ApproximateFirstReceiveTimestamp: String(message.first_received_at),
  };
  const systemNames = [
    ...(textList(input, "MessageSystemAttributeNames") ?? []),
    ...(textList(input, "AttributeNames") ?? []),
  ];
  const attributes = asked(message.attributes, textList(input, "MessageAttributeNames") ?? []);
  const systemAttributes = asked(system, systemNames);
  return {
    MessageId: message.id,
    ReceiptHandle: message.handle,
    MD5OfBody: md5(message.body),
    Body: message.body,
    Attributes: Object.keys(systemAttributes).length > 0 ? systemAttributes : undefined,
    MessageAttributes: Object.keys(attributes).length > 0 ? attributes : undefined,
  };
}

/** `All`, a name, or the beginning of names as in `kind.*`. */
function asked(all: JsonObject, names: readonly string[]): Record<string, Json | undefined> {
  const isAsked = (name: string) =>
    names.some((each) =>
      each.endsWith(".*") ? name.startsWith(each.slice(0, -1)) : each === "All" || each === name,
    );
  return Object.fromEntries(Object.entries(all).filter(([name]) => isAsked(name)));
}

function attributesOf(input: JsonObject): JsonObject {
  const { MessageAttributes: given } = input;
  if (given === undefined || given === null) return {};
  if (!isObject(given)) throw invalid("MessageAttributes must be an object.");
  for (const [name, value] of Object.entries(given)) {
    if (isObject(value) && typeof value.StringValue === "string") continue;
    throw invalid(
      `NotImplemented: on this laptop a message attribute has a StringValue, and ${name} has none.`,
    );
  }
  return given;
}

function within(input: JsonObject, field: string, least: number, most: number): number | undefined {
  const value = optionalNumber(input, field);
  if (value === undefined || (value >= least && value <= most)) return value;
  throw invalid(`${field} must be from ${least} to ${most}, not ${value}.`);
}
