/** The role that EventBridge's rules and schedules have: they start the state machine, or say that they could not. */

import { pipelineNames, stateMachineArn } from "@penstock/lake/names.ts";
import { sendDeadLetters } from "./dead-letters.ts";
import { policyOf } from "./grant.ts";
import type { PipelinePlace } from "./place.ts";
import type { PolicyDocument } from "./policy-document.ts";

export function triggersPolicy(place: PipelinePlace): PolicyDocument {
  const { environment, pipeline } = place;
  const { stateMachine } = pipelineNames(environment, pipeline.name);
  return policyOf([
    {
      name: "Start",
      actions: ["states:StartExecution"],
      resources: [stateMachineArn(environment, stateMachine)],
    },
    ...sendDeadLetters(place),
  ]);
}
