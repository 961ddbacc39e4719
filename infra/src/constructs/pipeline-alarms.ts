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
  /** Of its HTTP API; null where it has none. */
  readonly apiId: string | null;
  /** Milliseconds that 99 of 100 requests of its API are to stay under. @default 3000 */
  readonly slowMilliseconds?: number;
  readonly topicArn: string;
}

export class PipelineAlarms extends Construct {
  constructor(scope: Construct, id: string, props: PipelineAlarmsProps) {
    super(scope, id);
    for (const [what, alarm] of Object.entries({
      ...aboutRuns(props),
      ...aboutFunctions(props),
      ...aboutApi(props),
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

function aboutApi({ pipeline, apiId, slowMilliseconds = 3000 }: PipelineAlarmsProps): Alarms {
  if (apiId === null) return {};
  return {
    "api-errors": {
      description: `The HTTP API of ${pipeline.name} answers requests with an error of its own.`,
      metric: metrics.apiErrors(apiId),
      threshold: 3,
    },
    "api-slow": {
      description: `The HTTP API of ${pipeline.name} takes more than ${slowMilliseconds / 1000} s for one request in a hundred.`,
      metric: metrics.apiLatency(apiId),
      threshold: slowMilliseconds,
      // one slow request among few is a cold start
      periods: 3,
    },
  };
}

/** By arrival: so long as nothing new is published, or served, nothing newer can be in the table. */
function freshness({ pipeline }: PipelineAlarmsProps): Alarms {
  return Object.fromEntries(
    pipeline.datasets.flatMap((dataset) => {
      if (dataset.freshness === undefined) return [];
      const served = pipeline.serves?.series.dataset === dataset.name;
      return [
        [
          `freshness-missed-of-${dataset.name}`,
          {
            description: `No row of ${dataset.name} was ${served ? "served" : "published"} within ${dataset.freshness.within}.`,
            metric: served
              ? metrics.rowsServed(pipeline.name)
              : metrics.rowsPublished(pipeline.name, dataset),
            threshold: 1,
            below: true,
            ...lookingBack(dataset.freshness),
            missing: "breaching" as const,
          },
        ],
      ];
    }),
  );
}

/** How long `36 hours` are in periods: of an hour, a week at most, or of five minutes within the first hour. */
function lookingBack({ within }: NonNullable<Dataset["freshness"]>): {
  readonly periodSeconds: number;
  readonly periods: number;
} {
  const [count = "", unit = ""] = within.split(" ");
  const minutesOf: Readonly<Record<string, number>> = { minute: 1, hour: 60, day: 1440 };
  const minutes = Number(count) * (minutesOf[unit.replace(/s$/, "")] ?? 1440);
  if (minutes < 60) return { periodSeconds: 300, periods: Math.max(1, Math.ceil(minutes / 5)) };
  return { periodSeconds: 3600, periods: Math.min(Math.ceil(minutes / 60), 7 * 24) };
}
