/** One pipeline as its folder says: its functions, job, state machine, triggers, topic, alarms and dashboard. */

import { SchedulerScheduleGroup } from "@cdktf/provider-aws/lib/scheduler-schedule-group/index.js";
import {
  bucketNames,
  definitionNames,
  functionArn,
  functionSettings,
  lakeUrl,
  pipelineNames,
} from "@penstock/lake/names.ts";
import { asl } from "@penstock/workflows/asl.ts";
import { fill, functionArnName } from "@penstock/workflows/fill.ts";
import type { Pipeline } from "@penstock/workflows/pipeline.ts";
import { appsOf, startedFunctions } from "@penstock/workflows/started-function.ts";
import { functionsOf } from "@penstock/workflows/workflow.ts";
import { Construct } from "constructs";
import { type PipelinePolicies, pipelinePolicies } from "../access/pipeline-policies.ts";
import type { EnvironmentConfig } from "../config.ts";
import { literal } from "../literal.ts";
import { sparkConf } from "../spark-conf.ts";
import { tagPipeline } from "../tag-pipeline.ts";
import { DeadLetters } from "./dead-letters.ts";
import { GlueJob } from "./glue-job.ts";
import type { JobCode } from "./job-code.ts";
import { LambdaFunction } from "./lambda-function.ts";
import { Notifications } from "./notifications.ts";
import { ObjectTrigger } from "./object-trigger.ts";
import { PipelineAlarms } from "./pipeline-alarms.ts";
import { PipelineDashboard } from "./pipeline-dashboard.ts";
import { ScheduleTrigger } from "./schedule-trigger.ts";
import { ServiceRole } from "./service-role.ts";
import { StateMachine } from "./state-machine.ts";

export interface PipelineOnAwsProps {
  readonly pipeline: Pipeline;
  readonly environment: EnvironmentConfig;
  readonly keyArn: string;
  /** The topic of alarms. */
  readonly alarmsArn: string;
  readonly securityConfiguration: string;
  readonly jobCode: JobCode;
  /** The pipeline's bundle of an app. */
  readonly bundle: (app: string) => Readonly<Record<string, Uint8Array>>;
  /** Its Glue script. */
  readonly script: Uint8Array;
}

export class PipelineOnAws extends Construct {
  constructor(scope: Construct, id: string, props: PipelineOnAwsProps) {
    super(scope, id);
    const { pipeline, environment, keyArn } = props;
    tagPipeline(this, pipeline.name);
    const names = pipelineNames(environment, pipeline.name);
    const policies = pipelinePolicies(pipeline, environment, { keyArn });
    new Notifications(this, "notices", {
      name: names.topic,
      environment,
      keyArn,
      emails: environment.emails,
    });
    const deadLetters = new DeadLetters(this, "dead-letters", {
      name: names.deadLetters,
      environment,
      keyArn,
    });
    const functions = this.functions(props, policies, deadLetters.arn);
    this.job(props, policies);
    const machine = new StateMachine(this, "workflow", {
      name: names.stateMachine,
      environment,
      keyArn,
      definition: definition(pipeline, environment),
      policy: policies.stateMachine,
      logRetentionDays: environment.retentionDays.logs,
    });
    this.triggers(props, policies, { machineArn: machine.arn, deadLettersArn: deadLetters.arn });
    const watched = { pipeline, names, machineArn: machine.arn, functions, deadLetters: deadLetters.name };
    new PipelineAlarms(this, "alarms", {
      ...watched,
      environment: environment.name,
      topicArn: props.alarmsArn,
    });
    new PipelineDashboard(this, "dashboard", {
      ...watched,
      region: environment.region,
    });
  }

  private functions(props: PipelineOnAwsProps, policies: PipelinePolicies, deadLettersArn: string): string[] {
    const { pipeline, environment, keyArn, bundle } = props;
    const names = pipelineNames(environment, pipeline.name);
    const started = startedFunctions(pipeline);
    return appsOf(pipeline).map((app) => {
      const policy = policies.functions[app];
      if (policy === undefined) throw new Error(`${pipeline.name}: no policy of the function ${app}`);
      const name = names.function(app);
      new LambdaFunction(this, app, {
        name,
        description: `${app} of ${pipeline.name}`,
        environment,
        keyArn,
        bundle: bundle(app),
        policy,
        settings: functionSettings(environment, pipeline.name, lakeUrl(environment)),
        deadLettersArn,
        memoryMb: Math.max(
          environment.functions.memoryMb,
          ...started.filter((each) => each.app === app).map(({ memoryMb }) => memoryMb),
        ),
        reservedConcurrency: environment.functions.reservedConcurrency,
        logRetentionDays: environment.retentionDays.logs,
      });
      return name;
    });
  }

  private job(props: PipelineOnAwsProps, policies: PipelinePolicies): void {
    const { pipeline, environment, jobCode, script } = props;
    const names = pipelineNames(environment, pipeline.name);
    new GlueJob(this, "job", {
      name: names.job,
      description: literal(pipeline.description),
      environment,
      policy: policies.job,
      script: jobCode.put(this, `${pipeline.name.replaceAll("-", "_")}.py`, script),
      pythonFiles: jobCode.runtime,
      jars: jobCode.jars,
      sparkConf: sparkConf(environment),
      securityConfiguration: props.securityConfiguration,
      keyArn: props.keyArn,
      logRetentionDays: environment.retentionDays.logs,
      ...environment.job,
    });
  }

  private triggers(
    { pipeline, environment }: PipelineOnAwsProps,
    policies: PipelinePolicies,
    to: { readonly machineArn: string; readonly deadLettersArn: string },
  ): void {
    const { stateMachine } = pipelineNames(environment, pipeline.name);
    const role = (service: string, what: string) =>
      new ServiceRole(this, `${what}-role`, {
        name: `${stateMachine}-${what}`,
        description: `What starts ${stateMachine}`,
        service,
        environment,
        policy: policies.triggers,
      }).arn;
    new ObjectTrigger(this, "objects", {
      name: stateMachine,
      bucket: bucketNames(environment).lake,
      prefix: pipeline.trigger.prefix,
      targetArn: to.machineArn,
      deadLettersArn: to.deadLettersArn,
      roleArn: role("events.amazonaws.com", "objects"),
    });
    const group = new SchedulerScheduleGroup(this, "schedules", { name: stateMachine });
    const schedules = {
      sweep: {
        rhythm: pipeline.trigger.sweep,
        input: {},
        description: "Looks for files whose event was lost",
      },
      maintenance: {
        rhythm: pipeline.trigger.maintenance,
        input: { work: { kind: "maintain" } },
        description: "Compacts tables and removes what nobody needs any more",
      },
    };
    const roleArn = role("scheduler.amazonaws.com", "schedules");
    for (const [name, { rhythm, input, description }] of Object.entries(schedules)) {
      new ScheduleTrigger(this, name, {
        name: `${stateMachine}-${name}`,
        description,
        group: group.name,
        rhythm,
        input,
        roleArn,
        targetArn: to.machineArn,
        deadLettersArn: to.deadLettersArn,
      });
    }
  }
}

/** The very ASL that the laptop runs, with AWS's names in it. */
function definition(pipeline: Pipeline, environment: EnvironmentConfig) {
  const own = pipelineNames(environment, pipeline.name);
  const arns = functionsOf(pipeline.workflow).map((app) => [
    functionArnName(app),
    functionArn(environment, own.function(app)),
  ]);
  return fill(asl(pipeline.workflow), {
    ...definitionNames(environment, pipeline.name, lakeUrl(environment)),
    ...Object.fromEntries(arns),
  });
}
