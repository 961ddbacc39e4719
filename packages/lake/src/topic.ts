/** An SNS topic. */

import { PublishCommand, SNSClient } from "@aws-sdk/client-sns";

/** A message with attributes that machines can filter by. */
export interface Message {
  /** At most 100 printable ASCII characters. */
  readonly subject: string;
  readonly message: string;
  readonly attributes: Readonly<Record<string, string | number>>;
}

export interface Topic {
  publish(message: Message): Promise<void>;
}

export function openTopic(arn: string, client: SNSClient = new SNSClient()): Topic {
  return {
    async publish({ subject, message, attributes }) {
      await client.send(
        new PublishCommand({
          TopicArn: arn,
          Subject: subject,
          Message: message,
          MessageAttributes: Object.fromEntries(
            Object.entries(attributes).map(([name, value]) => [
              name,
              { DataType: typeof value === "number" ? "Number" : "String", StringValue: String(value) },
            ]),
          ),
        }),
      );
    },
  };
}
