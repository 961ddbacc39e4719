/** What starts a pipeline's state machine and its functions: objects and the clock. */

import { SchedulerScheduleGroup } from "@cdktf/provider-aws/lib/scheduler-schedule-group/index.js";
import { bucketNames, pipelineNames } from "@penstock/lake/names.ts";
import type { Pipeline } from "@penstock/workflows/pipeline.ts";
import { startedFunctions } from "@penstock/workflows/started-function.ts";
import type { Construct } from "constructs";
import type { PipelinePolicies } from "../access/pipeline-policies.ts";
import type { PolicyDocument } from "../access/policy-document.ts";
import type { EnvironmentConfig } from "../config.ts";
import type { LambdaFunction } from "./lambda-function.ts";
import { ObjectTrigger } from "./object-trigger.ts";
import { dueAt, ScheduleTrigger } from "./schedule-trigger.ts";
import { ServiceRole } from "./service-role.ts";

export interface PipelineTriggersProps {
  readonly pipeline: Pipeline;
  readonly environment: EnvironmentConfig;
  readonly policies: Pick<PipelinePolicies, "objects" | "schedules">;
  readonly machineArn: string;
  /** By app. */
  readonly functions: ReadonlyMap<string, LambdaFunction>;
  readonly deadLettersArn: string;
}

/** Puts them beside the pipeline's other parts, in no scope of their own. */
export function pipelineTriggers(scope: Construct, props: PipelineTriggersProps): void {
  byObjects(scope, props);
  byTheClock(scope, props);
}

function byObjects(scope: Construct, props: PipelineTriggersProps): void {
  const { pipeline, environment, policies, machineArn, deadLettersArn } = props;
  const name = nameOf(props);
  const bucket = bucketNames(environment).lake;
  if (policies.objects !== null) {
    const roleArn = role(scope, props, "objects", "events.amazonaws.com", policies.objects);
    new ObjectTrigger(scope, "objects", {
      name,
      bucket,
      prefix: pipeline.trigger.prefix,
      target: { kind: "machine", arn: machineArn, roleArn },
      deadLettersArn,
    });
  }
  for (const { app, by } of startedFunctions(pipeline)) {
    if (by.kind !== "objects") continue;
    new ObjectTrigger(scope, `objects-to-${app}`, {
      name: `${name}-${app}`,
      bucket,
      prefix: by.prefix,
      suffix: by.suffix,
      target: { kind: "function", ...functionOf(props, app) },
      deadLettersArn,
    });
  }
}

function byTheClock(scope: Construct, props: PipelineTriggersProps): void {
  const { pipeline, policies, machineArn, deadLettersArn } = props;
  const name = nameOf(props);
  const { sweep, maintenance } = pipeline.trigger;
  const group = new SchedulerScheduleGroup(scope, "schedules", { name });
  const roleArn = role(scope, props, "schedules", "scheduler.amazonaws.com", policies.schedules);
  const own = { group: group.name, roleArn, deadLettersArn };
  const schedules = {
    sweep: { every: sweep, input: {}, description: "Looks for files whose event was lost" },
    maintenance: {
      every: maintenance,
      input: { work: { kind: "maintain" } },
      description: "Compacts tables and removes what nobody needs any more",
    },
  };
  for (const [what, schedule] of Object.entries(schedules)) {
    new ScheduleTrigger(scope, what, { ...own, ...schedule, name: `${name}-${what}`, targetArn: machineArn });
  }
  for (const { app, by } of startedFunctions(pipeline)) {
    if (by.kind !== "schedule") continue;
    new ScheduleTrigger(scope, `schedule-of-${app}`, {
      ...own,
      name: `${name}-${app}`,
      description: `Starts ${app}`,
      every: { minutes: by.everyMinutes },
      input: { time: dueAt },
      windowMinutes: 0,
      targetArn: functionOf(props, app).arn,
    });
  }
}

const nameOf = ({ environment, pipeline }: PipelineTriggersProps): string =>
  pipelineNames(environment, pipeline.name).stateMachine;

function functionOf({ pipeline, functions }: PipelineTriggersProps, app: string) {
  const found = functions.get(app);
  if (found === undefined) throw new Error(`${pipeline.name}: there is no function ${app}`);
  return { arn: found.arn, name: found.name };
}

function role(
  scope: Construct,
  props: PipelineTriggersProps,
  what: string,
  service: string,
  policy: PolicyDocument,
): string {
  const name = nameOf(props);
  return new ServiceRole(scope, `${what}-role`, {
    name: `${name}-${what}`,
    description: `What starts ${name}`,
    service,
    environment: props.environment,
    policy,
  }).arn;
}
