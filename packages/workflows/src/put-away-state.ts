/** Moves the files of a run out of where they were dropped, once they are in the tables or never will be. */

import { type Access, ledger } from "./access.ts";
import { lambda } from "./state.ts";
import { executionId, path } from "./template.ts";

export const putAwayState = ({
  files,
  timeoutSeconds,
}: {
  /** Where files are dropped, and where they go. */
  readonly files: readonly Access[];
  readonly timeoutSeconds: number;
}) =>
  lambda({
    comment: "Moves the files that were taken in to archive/, and the others to rejected/ with the reason.",
    function: "plan-run",
    payload: { action: "put_away", execution: executionId, run_id: path("$.claim.run_id") },
    returns: ["archived", "rejected", "gone"],
    resultAt: "$.put_away",
    timeoutSeconds,
    reads: [...files, ledger],
    writes: [...files, ledger],
    next: "Finish",
  });
