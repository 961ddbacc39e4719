/** A run is given up: it fails for good, and its files wait until somebody asks for them again. */

import type { Entry, Run } from "@penstock/lake/ledger-entries.ts";
import { writeJson } from "@penstock/lake/objects.ts";
import type { Ended } from "@penstock/lake/report.ts";
import { endedKey } from "@penstock/lake/zones.ts";
import type { PlanRunContext } from "./context.ts";
import { changeInput, eachInput } from "./inputs.ts";
import { changeRequest } from "./requests.ts";
import { markUndone } from "./undone.ts";

export interface Failure {
  /** The error's name. */
  readonly error: string;
  readonly cause: string;
}

/** Holds the files first: the run's own end is the last thing that is written of it. */
export async function holdRun(
  seen: Entry<Run>,
  { error, cause }: Failure,
  context: PlanRunContext,
): Promise<Run> {
  const reason = `${error}: ${cause}`;
  await eachInput(seen.files, (file) =>
    changeInput(file, { status: "held", run_id: seen.run_id, reason }, context),
  );
  // a rollback that a sanity query stopped has taken its table back all the same
  if (seen.publish !== null) await markUndone(seen, context);
  await changeRequest(seen.request, { status: "failed" }, context);
  return await endRun(seen, { status: "FAILED", resumable: false, error, cause }, context);
}

/** Writes a run's end. @throws Error when another execution has changed the run */
export async function endRun(
  seen: Entry<Run>,
  end: Partial<Run>,
  { ledger, objects, facts, now }: PlanRunContext,
): Promise<Run> {
  const { revision: _, ...rest } = seen;
  const run: Run = { ...rest, ...end, finished_at: now().toISOString() };
  if (!run.resumable) {
    // jobs don't read the ledger; one that is started by hand afterwards would publish what may be undone by then
    const ended: Ended = { run_id: run.run_id, attempt: run.attempt };
    await writeJson(objects, endedKey(facts.pipeline, run.run_id), ended);
  }
  if (await ledger.putRun(run, seen)) return run;
  // perhaps this very write was made, and its answer lost
  const current = await ledger.run(seen.run_id);
  if (current !== null && current.status === run.status && current.execution === run.execution)
    return current;
  throw new Error(`run ${seen.run_id} was changed by another execution`);
}
