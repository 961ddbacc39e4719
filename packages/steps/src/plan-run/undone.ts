/** What a rollback undoes: the runs that brought rows to the table since the one it goes back to. */

import type { Entry, Run } from "@penstock/lake/ledger-entries.ts";
import type { PlanRunContext } from "./context.ts";
import { changeInput, eachInput } from "./inputs.ts";
import { changeRun } from "./runs.ts";

/**
 * The runs that a rollback undoes; none for any other work. A run that changed nothing counts too when it had
 * rows: they were there by an earlier one, which may be undone with it.
 */
export async function undoneBy(run: Run, { ledger }: PlanRunContext): Promise<Entry<Run>[]> {
  const { work } = run;
  if (work.kind !== "rollback") return [];
  const since = work.to === null ? 0 : ((await ledger.run(work.to))?.publish ?? 0);
  return (await ledger.runs(Number.POSITIVE_INFINITY)).filter(
    (other) =>
      other.run_id !== run.run_id &&
      other.publish !== null &&
      other.publish > since &&
      (run.publish === null || other.publish < run.publish) &&
      other.status !== "ROLLED_BACK" &&
      (other.datasets[work.dataset]?.accepted ?? 0) > 0,
  );
}

/** Marks the runs that a rollback undid, and their files first. Done twice, it does no more. */
export async function markUndone(run: Run, context: PlanRunContext): Promise<void> {
  for (const undone of await undoneBy(run, context)) {
    await eachInput(undone.files, async (file) => {
      const input = await context.ledger.input(file.key, file.hash);
      // a file that a later run took up again is that run's
      if (input?.run_id !== undone.run_id || input.status === "rejected") return;
      const reason = `run ${undone.run_id} was rolled back by ${run.run_id}`;
      await changeInput(file, { status: "rolled_back", reason, seq: null }, context);
    });
    await changeRun(undone.run_id, { status: "ROLLED_BACK", resumable: false }, context);
  }
}
