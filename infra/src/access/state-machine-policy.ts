/** The role of the state machine: it starts functions and jobs, does by itself what other tasks declare, and logs. */

import { jobArn } from "@penstock/lake/arns.ts";
import { functionArn, pipelineNames } from "@penstock/lake/names.ts";
import { declaredGrants, type Task, tasks } from "./declared.ts";
import { type Grant, policyOf } from "./grant.ts";
import type { PipelinePlace } from "./place.ts";
import type { PolicyDocument } from "./policy-document.ts";
import { logDelivery, tracedAndSampled } from "./without-resource.ts";

export function stateMachinePolicy(place: PipelinePlace): PolicyDocument {
  return policyOf([
    ...tasks(place.pipeline.workflow).flatMap((task) => startGrants(task, place)),
    ...declaredGrants(isItsOwn, place),
    logDelivery,
    tracedAndSampled,
  ]);
}

/** Whether the state machine's role does what the task declares; functions and jobs have roles of their own. */
function isItsOwn(task: Task): boolean {
  switch (task.kind) {
    case "lambda":
    case "glueJob":
      return false;
    case "athenaQuery":
    case "athenaResults":
    case "publish":
      return true;
  }
}

/** What it takes to have somebody else do the task. */
function startGrants(task: Task, { environment, pipeline }: PipelinePlace): Grant[] {
  const own = pipelineNames(environment, pipeline.name);
  switch (task.kind) {
    case "lambda":
      return [
        {
          name: "Invoke",
          actions: ["lambda:InvokeFunction"],
          resources: [functionArn(environment, own.function(task.function))],
        },
      ];
    case "glueJob":
      // Step Functions waits for a Glue job by asking, so no rule of EventBridge is needed:
      // https://docs.aws.amazon.com/step-functions/latest/dg/connect-glue.html
      return [
        {
          name: "RunJob",
          actions: ["glue:StartJobRun", "glue:GetJobRun", "glue:GetJobRuns", "glue:BatchStopJobRun"],
          resources: [jobArn(environment, own.job)],
        },
      ];
    case "athenaQuery":
    case "athenaResults":
    case "publish":
      return [];
  }
}
