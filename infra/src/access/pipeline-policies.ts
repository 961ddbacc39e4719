/** What the roles of a pipeline may do: computed from what its states declare, and from nothing else. */

import type { Environment } from "@penstock/lake/names.ts";
import type { Pipeline } from "@penstock/workflows/pipeline.ts";
import { appsOf } from "@penstock/workflows/started-function.ts";
import { functionPolicy } from "./function-policy.ts";
import { jobPolicy } from "./job-policy.ts";
import type { PolicyDocument } from "./policy-document.ts";
import { stateMachinePolicy } from "./state-machine-policy.ts";
import { objectsPolicy, schedulesPolicy } from "./triggers-policy.ts";

export interface PipelinePolicies {
  /** By app: `plan-run`. */
  readonly functions: Readonly<Record<string, PolicyDocument>>;
  readonly job: PolicyDocument;
  readonly stateMachine: PolicyDocument;
  /** What starts it when an object was put; null where no object starts it. */
  readonly objects: PolicyDocument | null;
  /** What starts it, and functions of it, by the clock. */
  readonly schedules: PolicyDocument;
}

/**
 * The policies of a pipeline's roles.
 *
 * @param keyArn the KMS key that everything in the environment is encrypted with
 * @throws Ungrantable when a state declares what nobody can do
 */
export function pipelinePolicies(
  pipeline: Pipeline,
  environment: Environment,
  { keyArn }: { readonly keyArn: string },
): PipelinePolicies {
  const place = { environment, pipeline, keyArn };
  return {
    functions: Object.fromEntries(appsOf(pipeline).map((app) => [app, functionPolicy(app, place)])),
    job: jobPolicy(place),
    stateMachine: stateMachinePolicy(place),
    objects: pipeline.trigger.objects === false ? null : objectsPolicy(place),
    schedules: schedulesPolicy(place),
  };
}
