/** Fail: something on the way broke; the run says so, and the lease is given back. */

import type { Entry, Run } from "@penstock/lake/ledger-entries.ts";
import { failureNotice } from "../failure-notice.ts";
import type { Notice } from "../notice.ts";
import { toldCause } from "../told-cause.ts";
import type { PlanRunContext } from "./context.ts";
import { endRun, type Failure, holdRun } from "./hold.ts";
import { releaseLease } from "./lease.ts";

export interface FailRequest {
  /** The execution that failed; its run is found by the lease it holds. */
  readonly execution: string;
  readonly error: string;
  /** A text, or the JSON that a service gives for one. */
  readonly cause: string;
}

/** Failures that the same files would meet again: somebody has to look first. */
const lasting: ReadonlySet<string> = new Set(["GateFailed", "SanityCheckFailed"]);

/** After so many failures of its own a run is given up. */
const maxFailures = 3;

/** Records a failure; invoked again, it tells the same. */
export async function fail(request: FailRequest, context: PlanRunContext): Promise<{ notice: Notice }> {
  const { ledger, facts } = context;
  const { execution } = request;
  // the ledger, notices and whoever lists runs show it
  const failure = { error: request.error, cause: toldCause(request.error, plainCause(request.cause)) };
  const lease = await ledger.lease();
  const seen = lease?.run_id == null ? null : await ledger.run(lease.run_id);
  let run = seen?.execution === execution ? seen : null;
  if (run?.status === "RUNNING" && lease?.execution === execution)
    run = await endFailed(run, failure, context);
  await releaseLease(execution, context);
  const waiting = (await ledger.inputs("pending")).length;
  const failed = run?.status === "FAILED" ? run : null;
  return { notice: failureNotice(failed, failure, waiting, await publishedBefore(failed, context), facts) };
}

async function endFailed(seen: Entry<Run>, failure: Failure, context: PlanRunContext): Promise<Entry<Run>> {
  const failures = seen.failures + 1;
  const counted = { ...seen, failures };
  const run =
    lasting.has(failure.error) || failures >= maxFailures
      ? await holdRun(counted, failure, context)
      : await endRun(counted, { status: "FAILED", ...failure }, context);
  return { ...run, revision: seen.revision + 1 };
}

/** The run whose publication the tables held before; null when there was none. */
async function publishedBefore(run: Run | null, { ledger }: PlanRunContext): Promise<string | null> {
  if (run?.publish == null) return null;
  const since = run.publish;
  const runs = await ledger.runs(Number.POSITIVE_INFINITY);
  const earlier = runs.find(
    ({ publish, status }) => publish !== null && publish < since && status === "SUCCEEDED",
  );
  return earlier?.run_id ?? null;
}

/** What a Lambda function or a Glue job says of its failure, without the JSON around it. */
export function plainCause(cause: string): string {
  const longest = 2000;
  try {
    const told: unknown = JSON.parse(cause);
    if (typeof told === "object" && told !== null) {
      const message = Object.entries(told).find(([field]) => /^errormessage$/i.test(field))?.[1];
      if (typeof message === "string") return message.slice(0, longest);
    }
  } catch {
    // plain text already
  }
  return cause.slice(0, longest);
}
