/** The queue of events that could not be delivered, encrypted, over TLS alone. */

import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue/index.js";
import { queueArn } from "@penstock/lake/arns.ts";
import type { Environment } from "@penstock/lake/names.ts";
import { Construct } from "constructs";
import { refuseWithoutTls } from "../access/refuse-without-tls.ts";

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
    // by its name: the queue's own policy, rather than one beside it, which the provider would wait for once more
    const arn = queueArn(props.environment, props.name);
    const queue = new SqsQueue(this, "queue", {
      name: props.name,
      messageRetentionSeconds: (props.retentionDays ?? 14) * 86_400,
      kmsMasterKeyId: props.keyArn,
      kmsDataKeyReusePeriodSeconds: 300,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          refuseWithoutTls("sqs:*", arn),
          {
            Sid: "RulesOfThisAccount",
            Effect: "Allow",
            Principal: { Service: "events.amazonaws.com" },
            Action: "sqs:SendMessage",
            Resource: arn,
            Condition: { StringEquals: { "aws:SourceAccount": props.environment.account } },
          },
        ],
      }),
    });
    this.arn = queue.arn;
    this.name = props.name;
  }
}
