/** Every object put below a prefix starts a state machine. */

import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule/index.js";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target/index.js";
import { Construct } from "constructs";
import { literal } from "../literal.ts";

export interface ObjectTriggerProps {
  readonly name: string;
  readonly bucket: string;
  readonly prefix: string;
  /** What is started, with the event as its input. */
  readonly targetArn: string;
  /** What EventBridge starts it as. */
  readonly roleArn: string;
  /** Where an event goes that could not be delivered. */
  readonly deadLettersArn: string;
  /** How often it is tried. @default 185, EventBridge's most: over a day */
  readonly attempts?: number;
}

export class ObjectTrigger extends Construct {
  constructor(scope: Construct, id: string, props: ObjectTriggerProps) {
    super(scope, id);
    const prefix = literal(props.prefix);
    const rule = new CloudwatchEventRule(this, "rule", {
      name: props.name,
      description: `Objects below ${prefix}`,
      eventPattern: JSON.stringify({
        source: ["aws.s3"],
        "detail-type": ["Object Created"],
        detail: { bucket: { name: [props.bucket] }, object: { key: [{ prefix }] } },
      }),
    });
    new CloudwatchEventTarget(this, "target", {
      rule: rule.name,
      targetId: "start",
      arn: props.targetArn,
      roleArn: props.roleArn,
      retryPolicy: { maximumEventAgeInSeconds: 86_400, maximumRetryAttempts: props.attempts ?? 185 },
      deadLetterConfig: { arn: props.deadLettersArn },
    });
  }
}
