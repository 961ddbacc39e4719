import { createHash, randomUUID } from "node:crypto";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { AwsError } from "./aws-error.ts";
import type { JsonObject } from "./json.ts";
import { readRecord, recordPaths, writeRecord } from "./records.ts";

const mostBytes = 1_048_576;

/** What the SQS stand-in needs to know. */
export interface SqsOptions {
  /** The queues there are, by name. */
  readonly queues: readonly string[];
  /** Its messages lie here, one file each, in a folder of each queue. */
  readonly folder: string;
  readonly now?: () => number;
}

/** A message as it lies on disk; times in milliseconds since the epoch. */
export interface Message {
  readonly id: string;
  readonly body: string;
  /** As SQS's API has them: `{name: {DataType, StringValue}}`. */
  readonly attributes: JsonObject;
  readonly sent_at: number;
  /** From when on it can be received. */
  readonly visible_at: number;
  readonly receives: number;
  readonly first_received_at: number;
}

/** A message that was received, and what it is deleted by. */
export interface Received extends Message {
  readonly handle: string;
}

/** Amazon SQS: standard queues on disk. A message that is received is invisible until its time is up, or deleted. */
export class Sqs {
  private readonly options: SqsOptions;
  /** By queue, then by the message's file, in the order in which they were sent. */
  private readonly queues = new Map<string, Map<string, Message>>();
  private readonly now: () => number;
  private sent = 0;

  constructor(options: SqsOptions) {
    this.options = options;
    this.now = options.now ?? Date.now;
    for (const name of options.queues) {
      const folder = join(options.folder, name);
      mkdirSync(folder, { recursive: true });
      const messages = recordPaths(folder).flatMap((path): [string, Message][] => {
        const message = readRecord(path);
        return message === undefined ? [] : [[path, message as unknown as Message]];
      });
      this.queues.set(name, new Map(messages));
    }
  }

  names(): readonly string[] {
    return [...this.queues.keys()];
  }

  /** Whether there is a queue of that name. Throws QueueDoesNotExist. */
  find(name: string): string {
    this.messages(name);
    return name;
  }

  /** Sends a message, which is on disk when this returns, and returns its id. Throws InvalidParameterValue. */
  send(queue: string, body: string, attributes: JsonObject = {}, delaySeconds = 0): string {
    const messages = this.messages(queue);
    if (body === "") throw refused("Message body must not be empty.");
    if (Buffer.byteLength(body) > mostBytes) {
      throw refused(
        `One or more parameters are invalid. Reason: Message must be shorter than ${mostBytes} bytes.`,
      );
    }
    const id = randomUUID();
    const sent_at = this.now();
    const visible_at = sent_at + delaySeconds * 1000;
    this.sent += 1;
    const name = `${String(sent_at).padStart(14, "0")}-${String(this.sent).padStart(7, "0")}-${id}.json`;
    const message = { id, body, attributes, sent_at, visible_at, receives: 0, first_received_at: 0 };
    this.keep(messages, join(this.options.folder, queue, name), message);
    return id;
  }

  /** The oldest messages that are visible; they are not for so long. */
  receive(queue: string, most: number, visibilitySeconds: number): readonly Received[] {
    const messages = this.messages(queue);
    const now = this.now();
    const visible = [...messages].filter(([, { visible_at }]) => visible_at <= now).slice(0, most);
    return visible.map(([path, message]) => {
      const received = {
        ...message,
        visible_at: now + visibilitySeconds * 1000,
        receives: message.receives + 1,
        first_received_at: message.receives === 0 ? now : message.first_received_at,
      };
      this.keep(messages, path, received);
      return { ...received, handle: handleOf(received) };
    });
  }

  /** Deletes a message by the handle that it was last received with; one that is gone is no error. */
  delete(queue: string, handle: string): void {
    const messages = this.messages(queue);
    const [, id = ""] = /^([0-9a-f-]{36})#\d+$/.exec(Buffer.from(handle, "base64").toString()) ?? [];
    if (id === "")
      throw new AwsError("ReceiptHandleIsInvalid", `The input receipt handle "${handle}" is not valid.`);
    const [path, message] = [...messages].find(([, candidate]) => candidate.id === id) ?? [];
    // received again meanwhile: it belongs to who has the newer handle
    if (path === undefined || message === undefined || handleOf(message) !== handle) return;
    rmSync(path, { force: true });
    messages.delete(path);
  }

  /** How many messages can be received now, have been, and can't be yet. */
  counts(queue: string): { readonly visible: number; readonly received: number; readonly delayed: number } {
    const now = this.now();
    const all = [...this.messages(queue).values()];
    const hidden = all.filter(({ visible_at }) => visible_at > now);
    const received = hidden.filter(({ receives }) => receives > 0).length;
    return { visible: all.length - hidden.length, received, delayed: hidden.length - received };
  }

  private keep(messages: Map<string, Message>, path: string, message: Message): void {
    writeRecord(path, message);
    messages.set(path, message);
  }

  private messages(queue: string): Map<string, Message> {
    const messages = this.queues.get(queue);
    if (messages) return messages;
    const known = this.names().join(", ") || "none";
    throw new AwsError(
      "QueueDoesNotExist",
      `The specified queue does not exist: ${queue}; there are: ${known}`,
      400,
      "AWS.SimpleQueueService.NonExistentQueue",
    );
  }
}

/** What SQS answers as proof that it has the body as it was sent. */
export const md5 = (body: string): string => createHash("md5").update(body).digest("hex");

const handleOf = ({ id, receives }: Message): string => Buffer.from(`${id}#${receives}`).toString("base64");

const refused = (message: string): AwsError => new AwsError("InvalidParameterValue", message);
