/** What of a pipeline wakes somebody up; `docs/runbook.md` says what to type at each. */

import type { Dataset } from "@penstock/contracts/dataset.ts";
import type { PipelineNames } from "@penstock/lake/names.ts";
import type { Pipeline } from "@penstock/workflows/pipeline.ts";
import { Construct } from "constructs";
import * as metrics from "../pipeline-metrics.ts";
import { Alarm, type AlarmProps } from "./alarm.ts";

export interface PipelineAlarmsProps {
  readonly pipeline: Pipeline;
  /** The environment's name, as commands take it. */
  readonly environment: string;
  readonly names: PipelineNames;
  readonly machineArn: string;
  readonly functions: readonly string[];
  readonly deadLetters: string;
  readonly topicArn: string;
}

export class PipelineAlarms extends Construct {
  constructor(scope: Construct, id: string, props: PipelineAlarmsProps) {
    super(scope, id);
    for (const [what, alarm] of Object.entries({
      ...aboutRuns(props),
      ...aboutFunctions(props),
      ...freshness(props),
    })) {
      new Alarm(this, what, {
        ...alarm,
        name: `${props.names.stateMachine}-${what}`,
        description: `${alarm.description} docs/runbook.md#${what.replace(/-of-.*$/, "")}`,
        topicArn: props.topicArn,
      });
    }
  }
}

type Alarms = Readonly<Record<string, Omit<AlarmProps, "name" | "topicArn">>>;

function aboutRuns({ pipeline, environment, names, machineArn, deadLetters }: PipelineAlarmsProps): Alarms {
  const status = `pnpm penstock runs ${pipeline.name} --env ${environment}`;
  return {
    "executions-failed": {
      description: `A run of ${pipeline.name} failed: ${status}.`,
      metric: metrics.executionsFailed(machineArn),
      threshold: 1,
    },
    "executions-timed-out": {
      description: `A run of ${pipeline.name} took too long and was stopped: ${status}.`,
      metric: metrics.executionsTimedOut(machineArn),
      threshold: 1,
    },
    "job-failed": {
      description: `The Glue job of ${pipeline.name} failed: ${status}.`,
      metric: metrics.jobErrors(names),
      threshold: 1,
    },
    "dead-letters-waiting": {
      description: `Events of ${pipeline.name} could not be delivered; they wait in ${deadLetters}.`,
      metric: metrics.lettersWaiting(deadLetters),
      threshold: 1,
    },
  };
}

function aboutFunctions({ functions }: PipelineAlarmsProps): Alarms {
  return Object.fromEntries(
    functions.flatMap((name) => [
      [
        `function-errors-of-${name}`,
        {
          description: `The function ${name} fails again and again.`,
          metric: metrics.functionErrors(name),
          // one error is the state machine's to retry
          threshold: 3,
        },
      ],
      [
        `function-throttles-of-${name}`,
        {
          description: `The function ${name} is refused by Lambda for want of concurrency.`,
          metric: metrics.functionThrottles(name),
          threshold: 1,
          periods: 3,
        },
      ],
    ]),
  );
}

/** By arrival: so long as nothing new is published, nothing newer can be in the table. */
function freshness({ pipeline }: PipelineAlarmsProps): Alarms {
  return Object.fromEntries(
    pipeline.datasets.flatMap((dataset) => {
      if (dataset.freshness === undefined) return [];
      return [
        [
          `freshness-missed-of-${dataset.name}`,
          {
            description: `No row of ${dataset.name} was published within ${dataset.freshness.within}.`,
            metric: metrics.rowsPublished(pipeline.name, dataset),
            threshold: 1,
            below: true,
            periodSeconds: 3600,
            periods: hours(dataset.freshness),
            missing: "breaching" as const,
          },
        ],
      ];
    }),
  );
}

/** Whole hours of `36 hours`; an alarm looks back a week at most. */
function hours({ within }: NonNullable<Dataset["freshness"]>): number {
  const [count = "", unit = ""] = within.split(" ");
  const of: Readonly<Record<string, number>> = { minute: 1 / 60, hour: 1, day: 24 };
  return Math.min(Math.max(1, Math.ceil(Number(count) * (of[unit.replace(/s$/, "")] ?? 24))), 7 * 24);
}
