/** Every object put below a prefix starts a state machine or a function. */

import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule/index.js";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target/index.js";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission/index.js";
import { Construct } from "constructs";
import { literal } from "../literal.ts";

export interface ObjectTriggerProps {
  readonly name: string;
  readonly bucket: string;
  readonly prefix: string;
  /** What its key ends in, such as `.json`. @default any */
  readonly suffix?: string;
  /** What is started, with the event as its input. */
  readonly target: StartedByEvent;
  /** Where an event goes that could not be delivered. */
  readonly deadLettersArn: string;
  /** How often it is tried. @default 185, EventBridge's most: over a day */
  readonly attempts?: number;
}

/** EventBridge starts a state machine as a role; a function lets this one rule in by a policy of its own. */
export type StartedByEvent =
  | { readonly kind: "machine"; readonly arn: string; readonly roleArn: string }
  | { readonly kind: "function"; readonly arn: string; readonly name: string };

export class ObjectTrigger extends Construct {
  constructor(scope: Construct, id: string, props: ObjectTriggerProps) {
    super(scope, id);
    const { prefix, suffix = "", target } = props;
    const rule = new CloudwatchEventRule(this, "rule", {
      name: props.name,
      description: literal(`Objects below ${prefix}${suffix === "" ? "" : ` whose keys end in ${suffix}`}`),
      eventPattern: literal(
        JSON.stringify({
          source: ["aws.s3"],
          "detail-type": ["Object Created"],
          detail: { bucket: { name: [props.bucket] }, object: { key: [keyFilter(prefix, suffix)] } },
        }),
      ),
    });
    new CloudwatchEventTarget(this, "target", {
      rule: rule.name,
      targetId: "start",
      arn: target.arn,
      ...(target.kind === "machine" ? { roleArn: target.roleArn } : {}),
      retryPolicy: { maximumEventAgeInSeconds: 86_400, maximumRetryAttempts: props.attempts ?? 185 },
      deadLetterConfig: { arn: props.deadLettersArn },
    });
    if (target.kind === "function") {
      new LambdaPermission(this, "permission", {
        statementId: props.name,
        action: "lambda:InvokeFunction",
        functionName: target.name,
        principal: "events.amazonaws.com",
        sourceArn: rule.arn,
      });
    }
  }
}

/** Filters of one field are alternatives, so that both ends of a key are said by one; an asterisk of the key's own is escaped. */
function keyFilter(prefix: string, suffix: string): object {
  if (suffix === "") return { prefix };
  const escaped = (text: string) => text.replaceAll(/[\\*]/g, "\\$&");
  return { wildcard: `${escaped(prefix)}*${escaped(suffix)}` };
}
