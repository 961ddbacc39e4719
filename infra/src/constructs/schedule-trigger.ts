/** A state machine started every so often. */

import { SchedulerSchedule } from "@cdktf/provider-aws/lib/scheduler-schedule/index.js";
import type { Rhythm } from "@penstock/workflows/pipeline.ts";
import { Construct } from "constructs";

export interface ScheduleTriggerProps {
  readonly name: string;
  readonly description: string;
  /** The group that it is in, which carries the tags. */
  readonly group: string;
  readonly rhythm: Rhythm;
  readonly targetArn: string;
  /** What the execution is started with. */
  readonly input: object;
  /** What the scheduler starts it as. */
  readonly roleArn: string;
  readonly deadLettersArn: string;
  /** Minutes within which it is started, so that not all begin at once. @default 15 */
  readonly windowMinutes?: number;
}

/** In UTC, at night in Europe: the sweep of a day before its maintenance. */
const when: Readonly<Record<Rhythm, string>> = {
  hourly: "cron(5 * * * ? *)",
  daily: "cron(30 1 * * ? *)",
  weekly: "cron(30 3 ? * SUN *)",
};

export class ScheduleTrigger extends Construct {
  constructor(scope: Construct, id: string, props: ScheduleTriggerProps) {
    super(scope, id);
    new SchedulerSchedule(this, "schedule", {
      name: props.name,
      description: props.description,
      groupName: props.group,
      scheduleExpression: when[props.rhythm],
      scheduleExpressionTimezone: "UTC",
      flexibleTimeWindow: { mode: "FLEXIBLE", maximumWindowInMinutes: props.windowMinutes ?? 15 },
      target: {
        arn: props.targetArn,
        roleArn: props.roleArn,
        input: JSON.stringify(props.input),
        retryPolicy: { maximumEventAgeInSeconds: 86_400, maximumRetryAttempts: 185 },
        deadLetterConfig: { arn: props.deadLettersArn },
      },
    });
  }
}
