/** Looks at the files of a run before any job does, so that what is none costs nothing. */

import { type Access, runs } from "./access.ts";
import { equals } from "./condition.ts";
import { choice, lambda } from "./state.ts";
import { path } from "./template.ts";

export const validateStates = ({
  reads,
  timeoutSeconds,
}: {
  readonly reads: readonly Access[];
  readonly timeoutSeconds: number;
}) => ({
  Validate: lambda({
    comment: "Looks at the beginning of each file, and leaves out those that no job could read.",
    function: "validate",
    payload: { run_id: path("$.claim.run_id") },
    returns: ["valid", "rejected", "for_job", "manifest"],
    resultAt: "$.validated",
    timeoutSeconds,
    reads,
    writes: [runs],
    next: "IsAnyValid",
  }),
  IsAnyValid: choice({
    comment: "Without a file that is left there is nothing for a job to do.",
    when: [{ is: equals("$.validated.for_job", true), next: "RunJob" }],
    otherwise: "Settle",
  }),
});
