/** The lease: one execution at a time works on a pipeline. */

import type { Entry, Lease } from "@penstock/lake/ledger-entries.ts";
import type { PlanRunContext } from "./context.ts";

/** An execution went on although another has taken its lease. */
export class LeaseLost extends Error {
  override readonly name = "LeaseLost";
}

/**
 * Takes the lease, or takes it over from an execution that is dead, or renews it.
 *
 * @returns `held` says whether this execution has it now; the lease's run is the last one that was begun
 */
export async function takeLease(
  execution: string,
  context: PlanRunContext,
): Promise<{ readonly held: boolean; readonly lease: Entry<Lease> }> {
  const { ledger, facts, now } = context;
  for (;;) {
    const seen = await ledger.lease();
    if (seen !== null && (await isHeldByAnother(seen, execution, context)))
      return { held: false, lease: seen };
    const lease: Lease = {
      run_id: seen?.run_id ?? null,
      execution,
      expires_at: new Date(now().getTime() + facts.leaseSeconds * 1000).toISOString(),
    };
    if (await ledger.putLease(lease, seen)) {
      return { held: true, lease: { ...lease, revision: (seen?.revision ?? 0) + 1 } };
    }
  }
}

/** Says which run an execution is about to begin, before anything is written about that run. */
export async function leaseRun(
  runId: string,
  lease: Entry<Lease>,
  { ledger }: PlanRunContext,
): Promise<void> {
  if (lease.run_id === runId) return;
  const { revision: _, ...rest } = lease;
  if (!(await ledger.putLease({ ...rest, run_id: runId }, lease))) {
    throw new LeaseLost("another execution has taken the lease");
  }
}

/** Gives the lease back; well when it isn't this execution's any more. */
export async function releaseLease(execution: string, { ledger }: PlanRunContext): Promise<void> {
  for (;;) {
    const seen = await ledger.lease();
    if (seen === null || seen.execution !== execution) return;
    const { revision: _, ...rest } = seen;
    if (await ledger.putLease({ ...rest, execution: null, expires_at: null }, seen)) return;
  }
}

/** @throws LeaseLost unless the lease is this execution's */
export async function assertLease(execution: string, { ledger }: PlanRunContext): Promise<void> {
  const lease = await ledger.lease();
  if (lease?.execution === execution) return;
  throw new LeaseLost(
    lease?.execution == null
      ? "the execution holds no lease"
      : `the lease is held by another execution, ${lease.execution}`,
  );
}

async function isHeldByAnother(
  lease: Lease,
  execution: string,
  { executions, now }: PlanRunContext,
): Promise<boolean> {
  if (lease.execution === null || lease.execution === execution) return false;
  if (lease.expires_at === null || lease.expires_at <= now().toISOString()) return false;
  return await executions.isRunning(lease.execution);
}
