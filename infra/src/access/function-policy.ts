/** The role of one function: what the states that invoke it declare, its own log, traces, its dead letters. */

import { logStreamsArn } from "@penstock/lake/arns.ts";
import { functionLogGroup } from "@penstock/lake/log-groups.ts";
import { pipelineNames } from "@penstock/lake/names.ts";
import { accessesOf } from "@penstock/workflows/started-function.ts";
import { sendDeadLetters } from "./dead-letters.ts";
import { grantsOf } from "./declared.ts";
import { policyOf } from "./grant.ts";
import type { PipelinePlace } from "./place.ts";
import type { PolicyDocument } from "./policy-document.ts";
import { traced } from "./without-resource.ts";

export function functionPolicy(app: string, place: PipelinePlace): PolicyDocument {
  const { environment, pipeline } = place;
  const name = pipelineNames(environment, pipeline.name).function(app);
  return policyOf([
    ...grantsOf(accessesOf(pipeline, app), place),
    {
      // the group itself is made with the function, so that it goes with it
      name: "WriteLog",
      actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
      resources: [logStreamsArn(environment, functionLogGroup(name))],
    },
    ...sendDeadLetters(place),
    traced,
  ]);
}
