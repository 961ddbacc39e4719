/** Work that is no file: asked for once, done by a run of its own. */

import type { Request } from "@penstock/lake/ledger-entries.ts";
import type { Rollback } from "@penstock/lake/work.ts";
import type { PlanRunContext } from "./context.ts";
import { type AskedWork, BadEvent } from "./event.ts";

/**
 * Registers what an execution asks for; asked again by the same one, it is there already.
 *
 * @throws BadEvent when it names what isn't there
 */
export async function registerRequest(
  asked: AskedWork,
  execution: string,
  context: PlanRunContext,
): Promise<void> {
  const { ledger, now } = context;
  if ((await ledger.request(execution)) !== null) return;
  assertDataset(asked, context);
  const work = asked.kind === "rollback" ? await withSnapshot(asked, context) : asked;
  const request: Request = {
    execution,
    work,
    asked_at: now().toISOString(),
    status: "pending",
    run_id: null,
  };
  // when it is refused, this very execution has put it already
  await ledger.putRequest(request, null);
}

/** Changes what the ledger says of a request; nothing when there is none, or it is so already. */
export async function changeRequest(
  execution: string | null,
  change: Partial<Request>,
  { ledger }: PlanRunContext,
): Promise<void> {
  if (execution === null) return;
  for (;;) {
    const seen = await ledger.request(execution);
    if (seen === null) throw new Error(`the ledger has lost the request of ${execution}`);
    const { revision: _, ...request } = seen;
    if (
      request.status === (change.status ?? request.status) &&
      request.run_id === (change.run_id ?? request.run_id)
    )
      return;
    if (await ledger.putRequest({ ...request, ...change }, seen)) return;
  }
}

/** Whether a file or a request waits for a run. */
export async function isPending({ ledger }: PlanRunContext): Promise<boolean> {
  return (await ledger.inputs("pending")).length > 0 || (await ledger.requests("pending")).length > 0;
}

function assertDataset(asked: AskedWork, { facts }: PlanRunContext): void {
  if (!("dataset" in asked) || facts.datasets.includes(asked.dataset)) return;
  throw new BadEvent(
    `${facts.pipeline} has no dataset ${JSON.stringify(asked.dataset)}; it has ${facts.datasets.join(", ")}`,
  );
}

async function withSnapshot(
  { dataset, to }: Extract<AskedWork, { kind: "rollback" }>,
  { ledger, facts }: PlanRunContext,
): Promise<Rollback> {
  if (to === null) return { kind: "rollback", dataset, to, snapshot_id: null };
  const run = await ledger.run(to);
  if (run === null) throw new BadEvent(`${facts.pipeline} knows no run ${JSON.stringify(to)}`);
  if (run.publish === null) throw new BadEvent(`run ${to} published nothing that one could go back to`);
  if (run.status === "ROLLED_BACK") throw new BadEvent(`run ${to} was rolled back itself`);
  return { kind: "rollback", dataset, to, snapshot_id: run.datasets[dataset]?.snapshot_id ?? null };
}
