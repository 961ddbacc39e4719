/** The snapshots that maintenance leaves alone, since a rollback may want them. */

import type { Run } from "@penstock/lake/ledger-entries.ts";
import type { PlanRunContext } from "./context.ts";

/** How far back one can go, whichever is more. */
const keptPublications = 20;
const keptDays = 30;

/** By dataset, the snapshots of the newest publications; nothing unless the run is maintenance. */
export async function keptSnapshots(
  run: Run,
  { ledger, facts, now }: PlanRunContext,
): Promise<Readonly<Record<string, readonly string[]>>> {
  if (run.work.kind !== "maintain") return {};
  const since = new Date(now().getTime() - keptDays * 86_400_000).toISOString();
  const published = (await ledger.runs(Number.POSITIVE_INFINITY)).filter(
    ({ publish, status }) => publish !== null && status !== "ROLLED_BACK",
  );
  const kept = published.filter(({ started_at }, at) => at < keptPublications || started_at >= since);
  return Object.fromEntries(
    facts.datasets.map((dataset) => [
      dataset,
      [...new Set(kept.flatMap(({ datasets }) => datasets[dataset]?.snapshot_id ?? []))],
    ]),
  );
}
