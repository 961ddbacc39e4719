import type { Entry, Run } from "@penstock/lake/ledger-entries.ts";
import type { PlanRunContext } from "./context.ts";

/** Adds to what the ledger says of a run. */
export async function changeRun(
  runId: string,
  change: Partial<Run>,
  { ledger }: PlanRunContext,
): Promise<Entry<Run>> {
  for (;;) {
    const seen = await ledger.run(runId);
    if (seen === null) throw new Error(`the ledger has lost run ${runId}`);
    const { revision, ...run } = seen;
    const changed = { ...run, ...change };
    if (await ledger.putRun(changed, seen)) return { ...changed, revision: revision + 1 };
  }
}
