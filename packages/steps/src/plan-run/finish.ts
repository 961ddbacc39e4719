/** Finish: everything is published and served; the run and its files are done. */

import type { Run } from "@penstock/lake/ledger-entries.ts";
import type { Notice } from "../notice.ts";
import { successNotice } from "../success-notice.ts";
import type { PlanRunContext } from "./context.ts";
import { endRun } from "./hold.ts";
import { changeInput, eachInput } from "./inputs.ts";
import { assertLease, releaseLease } from "./lease.ts";
import { changeRequest, isPending } from "./requests.ts";
import { runSamples } from "./run-samples.ts";
import { markUndone } from "./undone.ts";

export interface FinishRequest {
  readonly execution: string;
  readonly run_id: string;
}

export interface Finished {
  /** Whether files wait for another run, which this execution should claim. */
  readonly pending: boolean;
  readonly notice: Notice;
}

/** @throws LeaseLost */
export async function finish(
  { execution, run_id }: FinishRequest,
  context: PlanRunContext,
): Promise<Finished> {
  const { ledger, facts } = context;
  const seen = await ledger.run(run_id);
  if (seen === null) throw new Error(`the ledger knows no run ${run_id}`);
  let run: Run = seen;
  // invoked twice, the lease may have been given back already
  if (seen.status !== "SUCCEEDED" || seen.execution !== execution) {
    await assertLease(execution, context);
    await settleInputs(seen, context);
    await markUndone(seen, context);
    await changeRequest(seen.request, { status: "done" }, context);
    run = await endRun(seen, { status: "SUCCEEDED", resumable: false }, context);
    for (const sample of runSamples(run)) context.emit(sample);
  }
  if (!(await isPending(context))) {
    await releaseLease(execution, context);
  }
  // who saw the lease held has joined, and relies on this execution to look once more after giving it back
  return { pending: await isPending(context), notice: successNotice(run, facts) };
}

async function settleInputs(run: Run, context: PlanRunContext): Promise<void> {
  const outcomes = new Map(run.outcomes.map((outcome) => [outcome.key, outcome]));
  await eachInput(run.files, async (file) => {
    const outcome = outcomes.get(file.key);
    await changeInput(
      file,
      outcome?.status === "rejected"
        ? { status: "rejected", run_id: run.run_id, reason: outcome.reason }
        : { status: "done", run_id: run.run_id, reason: null, seq: run.publish },
      context,
    );
  });
}
