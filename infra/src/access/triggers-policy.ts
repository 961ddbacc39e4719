/** The roles of what starts a pipeline's state machine and functions: EventBridge's rules and its Scheduler. */

import { functionArn, pipelineNames, stateMachineArn } from "@penstock/lake/names.ts";
import { startedFunctions } from "@penstock/workflows/started-function.ts";
import { sendDeadLetters } from "./dead-letters.ts";
import { type Grant, policyOf } from "./grant.ts";
import type { PipelinePlace } from "./place.ts";
import type { PolicyDocument } from "./policy-document.ts";

/**
 * A rule's role: it starts the state machine. Functions and the queue of dead letters let EventBridge in by
 * policies of their own.
 */
export const objectsPolicy = (place: PipelinePlace): PolicyDocument => policyOf([startMachine(place)]);

/** The Scheduler's role: it starts the state machine and the functions by the clock, or says that it could not. */
export function schedulesPolicy(place: PipelinePlace): PolicyDocument {
  const { environment, pipeline } = place;
  const own = pipelineNames(environment, pipeline.name);
  const byClock = startedFunctions(pipeline).filter(({ by }) => by.kind === "schedule");
  return policyOf([
    startMachine(place),
    ...byClock.map(({ app }) => ({
      name: "Invoke",
      actions: ["lambda:InvokeFunction"],
      resources: [functionArn(environment, own.function(app))],
    })),
    ...sendDeadLetters(place),
  ]);
}

function startMachine({ environment, pipeline }: PipelinePlace): Grant {
  const { stateMachine } = pipelineNames(environment, pipeline.name);
  return {
    name: "Start",
    actions: ["states:StartExecution"],
    resources: [stateMachineArn(environment, stateMachine)],
  };
}
