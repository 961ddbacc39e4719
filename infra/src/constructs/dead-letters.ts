/** The queue of events that could not be delivered, encrypted, over TLS alone. */

import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue/index.js";
import { SqsQueuePolicy } from "@cdktf/provider-aws/lib/sqs-queue-policy/index.js";
import type { Environment } from "@penstock/lake/names.ts";
import { Construct } from "constructs";

export interface DeadLettersProps {
  readonly name: string;
  readonly environment: Environment;
  readonly keyArn: string;
  /** Days that a letter waits to be looked at. @default 14, SQS's most */
  readonly retentionDays?: number;
}

export class DeadLetters extends Construct {
  readonly arn: string;
  readonly name: string;

  constructor(scope: Construct, id: string, props: DeadLettersProps) {
    super(scope, id);
    const queue = new SqsQueue(this, "queue", {
      name: props.name,
      messageRetentionSeconds: (props.retentionDays ?? 14) * 86_400,
      kmsMasterKeyId: props.keyArn,
      kmsDataKeyReusePeriodSeconds: 300,
    });
    new SqsQueuePolicy(this, "policy", {
      queueUrl: queue.url,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "RefuseWithoutTls",
            Effect: "Deny",
            Principal: "*",
            Action: "sqs:*",
            Resource: queue.arn,
            Condition: { Bool: { "aws:SecureTransport": "false" } },
          },
          {
            Sid: "RulesOfThisAccount",
            Effect: "Allow",
            Principal: { Service: "events.amazonaws.com" },
            Action: "sqs:SendMessage",
            Resource: queue.arn,
            Condition: { StringEquals: { "aws:SourceAccount": props.environment.account } },
          },
        ],
      }),
    });
    this.arn = queue.arn;
    this.name = props.name;
  }
}
