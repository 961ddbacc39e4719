/** One pipeline as its folder says: its functions, job, state machine, triggers, topic, API, alarms and dashboard. */

import {
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
import { HttpApi } from "./http-api.ts";
import type { JobCode } from "./job-code.ts";
import { LambdaFunction } from "./lambda-function.ts";
import { Notifications } from "./notifications.ts";
import { PipelineAlarms } from "./pipeline-alarms.ts";
import { PipelineDashboard } from "./pipeline-dashboard.ts";
import { pipelineTriggers } from "./pipeline-triggers.ts";
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
  /** Of its HTTP API; null where it serves nothing. */
  readonly apiUrl: string | null;

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
    pipelineTriggers(this, {
      pipeline,
      environment,
      policies,
      machineArn: machine.arn,
      functions,
      deadLettersArn: deadLetters.arn,
    });
    const api = this.api(props, functions);
    this.apiUrl = api?.url ?? null;
    const watched = {
      pipeline,
      names,
      machineArn: machine.arn,
      functions: appsOf(pipeline).map(names.function),
      deadLetters: deadLetters.name,
      apiId: api?.id ?? null,
    };
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

  private functions(
    props: PipelineOnAwsProps,
    policies: PipelinePolicies,
    deadLettersArn: string,
  ): ReadonlyMap<string, LambdaFunction> {
    const { pipeline, environment, keyArn, bundle } = props;
    const names = pipelineNames(environment, pipeline.name);
    const made = appsOf(pipeline).map((app): [string, LambdaFunction] => {
      const policy = policies.functions[app];
      if (policy === undefined) throw new Error(`${pipeline.name}: no policy of the function ${app}`);
      const lambda = new LambdaFunction(this, app, {
        name: names.function(app),
        description: `${app} of ${pipeline.name}`,
        environment,
        keyArn,
        bundle: bundle(app),
        code: props.jobCode,
        policy,
        settings: functionSettings(environment, pipeline.name, lakeUrl(environment)),
        deadLettersArn,
        ...functionSize(pipeline, app, environment.functions.memoryMb),
        reservedConcurrency: environment.functions.reservedConcurrency,
        logRetentionDays: environment.retentionDays.logs,
      });
      return [app, lambda];
    });
    return new Map(made);
  }

  private api(
    { pipeline, environment, keyArn }: PipelineOnAwsProps,
    functions: ReadonlyMap<string, LambdaFunction>,
  ): HttpApi | undefined {
    const [answers] = startedFunctions(pipeline).filter(({ by }) => by.kind === "http");
    const target = answers === undefined ? undefined : functions.get(answers.app);
    if (target === undefined) return undefined;
    return new HttpApi(this, "http-api", {
      name: pipelineNames(environment, pipeline.name).api,
      description: pipeline.serves?.title ?? pipeline.description,
      keyArn,
      target,
      ...environment.api,
      logRetentionDays: environment.retentionDays.logs,
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
}

/** What a function is given: the most that anything which starts it asks for; a state waits as long as Lambda does. */
function functionSize(pipeline: Pipeline, app: string, leastMb: number) {
  const started = startedFunctions(pipeline).filter((each) => each.app === app);
  const memoryMb = Math.max(leastMb, ...started.map((each) => each.memoryMb));
  if (functionsOf(pipeline.workflow).includes(app)) return { memoryMb };
  return { memoryMb, timeoutSeconds: Math.max(...started.map(({ timeoutSeconds }) => timeoutSeconds)) };
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
