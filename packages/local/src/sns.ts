import { createHash, randomUUID } from "node:crypto";
import { join } from "node:path";
import { AwsError } from "./aws-error.ts";
import { type FaultPoints, noFaults } from "./fault-points.ts";
import { writeRecord } from "./records.ts";

/** What the SNS stand-in needs to know. */
export interface SnsOptions {
  /** The ARNs of the topics. */
  readonly topics: () => readonly string[];
  readonly arn: (name: string) => string;
  /** The folder that published messages are put into. */
  readonly inbox: string;
  readonly faults?: FaultPoints;
}

/** A message to publish. */
export interface Notice {
  readonly topic: string;
  readonly message: string;
  readonly subject?: string | undefined;
  readonly attributes?:
    | Readonly<Record<string, { readonly type: string; readonly value: string }>>
    | undefined;
}

/** Amazon SNS: what is published lies in an inbox on disk, one file a message, oldest first. */
export class Sns {
  private readonly options: SnsOptions;
  private readonly created = new Set<string>();

  constructor(options: SnsOptions) {
    this.options = options;
  }

  topics(): readonly string[] {
    return [...new Set([...this.options.topics(), ...this.created])];
  }

  /** Makes a topic, or finds it, and returns its ARN. */
  createTopic(name: string): string {
    if (!/^[\w-]{1,256}$/.test(name))
      throw new AwsError("InvalidParameter", `Invalid parameter: Topic Name ${name}`);
    const arn = this.options.arn(name);
    this.created.add(arn);
    return arn;
  }

  /** Publishes, and returns the message's id. Throws NotFound, InvalidParameter. */
  publish(notice: Notice): string {
    const { topic, message, subject, attributes } = notice;
    const { faults = noFaults } = this.options;
    if (faults.refuses("sns")) throw new AwsError("InternalError", "SNS is down, as a test asked for.", 500);
    if (!this.topics().includes(topic)) {
      const known = this.topics().join(", ") || "none";
      throw new AwsError("NotFound", `Topic does not exist: ${topic}; there are: ${known}`, 404);
    }
    if (message === "") throw new AwsError("InvalidParameter", "Invalid parameter: Empty message");
    if (Buffer.byteLength(message) > 256 * 1024)
      throw new AwsError("InvalidParameter", "Invalid parameter: Message too long");
    if (subject !== undefined && !/^[\x20-\x7e]{1,100}$/.test(subject)) {
      throw new AwsError(
        "InvalidParameter",
        "Invalid parameter: Subject must be 1 to 100 printable ASCII characters",
      );
    }
    const id = randomUUID();
    const time = new Date().toISOString();
    const name = `${time.replaceAll(/[:.]/g, "-")}-${createHash("sha256").update(id).digest("hex").slice(0, 6)}.json`;
    writeRecord(join(this.options.inbox, name), {
      Type: "Notification",
      MessageId: id,
      TopicArn: topic,
      Subject: subject,
      Message: message,
      Timestamp: time,
      MessageAttributes: Object.fromEntries(
        Object.entries(attributes ?? {}).map(([key, { type, value }]) => [key, { Type: type, Value: value }]),
      ),
    });
    return id;
  }
}
