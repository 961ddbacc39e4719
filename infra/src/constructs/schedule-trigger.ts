/** A state machine or a function started every so often. */

import { SchedulerSchedule } from "@cdktf/provider-aws/lib/scheduler-schedule/index.js";
import type { Rhythm } from "@penstock/workflows/pipeline.ts";
import { Construct } from "constructs";

export interface ScheduleTriggerProps {
  readonly name: string;
  readonly description: string;
  /** The group that it is in, which carries the tags. */
  readonly group: string;
  /** How often: a rhythm, or every so many minutes. */
  readonly every: Rhythm | { readonly minutes: number };
  readonly targetArn: string;
  /** What it is started with; in a text, the scheduler puts in what it knows, such as `dueAt`. */
  readonly input: object;
  /** What the scheduler starts it as. */
  readonly roleArn: string;
  readonly deadLettersArn: string;
  /** Minutes within which it is started, so that not all begin at once; 0 for on time. @default 15 */
  readonly windowMinutes?: number;
}

/**
 * When it was due, ISO 8601: the scheduler fills it in.
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html
 */
export const dueAt = "<aws.scheduler.scheduled-time>";

/** In UTC, at night in Europe: the sweep of a day before its maintenance. */
const when: Readonly<Record<Rhythm, string>> = {
  hourly: "cron(5 * * * ? *)",
  daily: "cron(30 1 * * ? *)",
  weekly: "cron(30 3 ? * SUN *)",
};

export class ScheduleTrigger extends Construct {
  constructor(scope: Construct, id: string, props: ScheduleTriggerProps) {
    super(scope, id);
    const { every, windowMinutes = 15 } = props;
    new SchedulerSchedule(this, "schedule", {
      name: props.name,
      description: props.description,
      groupName: props.group,
      scheduleExpression: typeof every === "string" ? when[every] : minutely(every.minutes),
      scheduleExpressionTimezone: "UTC",
      flexibleTimeWindow:
        windowMinutes === 0 ? { mode: "OFF" } : { mode: "FLEXIBLE", maximumWindowInMinutes: windowMinutes },
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

/**
 * A rate counts from when the schedule was made or last changed, so that a deploy may leave one out or put one in;
 * where it goes into an hour, it is by the clock's minutes.
 */
function minutely(minutes: number): string {
  if (60 % minutes === 0 && minutes < 60) return `cron(0/${minutes} * * * ? *)`;
  return `rate(${minutes} ${minutes === 1 ? "minute" : "minutes"})`;
}
