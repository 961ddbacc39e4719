/** An encrypted SNS topic, and who is told by e-mail. */

import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic/index.js";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy/index.js";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription/index.js";
import type { Environment } from "@penstock/lake/names.ts";
import { Construct } from "constructs";
import { refuseWithoutTls } from "../access/refuse-without-tls.ts";

export interface NotificationsProps {
  readonly name: string;
  readonly environment: Environment;
  readonly keyArn: string;
  /** Each must confirm the subscription that is mailed. @default nobody */
  readonly emails?: readonly string[];
  /** AWS services that publish for this account, such as `cloudwatch.amazonaws.com`. @default none */
  readonly publishers?: readonly string[];
}

export class Notifications extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: NotificationsProps) {
    super(scope, id);
    const topic = new SnsTopic(this, "topic", { name: props.name, kmsMasterKeyId: props.keyArn });
    new SnsTopicPolicy(this, "policy", {
      arn: topic.arn,
      policy: JSON.stringify(topicPolicy(topic.arn, props)),
    });
    for (const [index, endpoint] of (props.emails ?? []).entries()) {
      new SnsTopicSubscription(this, `email-${index}`, { topicArn: topic.arn, protocol: "email", endpoint });
    }
    this.arn = topic.arn;
  }
}

function topicPolicy(arn: string, { publishers = [], environment }: NotificationsProps) {
  return {
    Version: "2012-10-17",
    Statement: [
      refuseWithoutTls("sns:Publish", arn),
      ...(publishers.length === 0
        ? []
        : [
            {
              Sid: "ServicesForThisAccount",
              Effect: "Allow",
              Principal: { Service: publishers },
              Action: "sns:Publish",
              Resource: arn,
              Condition: { StringEquals: { "aws:SourceAccount": environment.account } },
            },
          ]),
    ],
  };
}
