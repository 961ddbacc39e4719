/** Claim: register what came, take the lease, and list the files of one run. */

import type { Entry, Lease, Run, RunFile } from "@penstock/lake/ledger-entries.ts";
import { writeJson } from "@penstock/lake/objects.ts";
import type { Manifest } from "@penstock/lake/report.ts";
import { workersFor } from "@penstock/lake/workers.ts";
import { manifestKey } from "@penstock/lake/zones.ts";
import type { PlanRunContext } from "./context.ts";
import { readEvent } from "./event.ts";
import { holdRun } from "./hold.ts";
import { changeInput, eachInput } from "./inputs.ts";
import { keptSnapshots } from "./kept-snapshots.ts";
import { leaseRun, releaseLease, takeLease } from "./lease.ts";
import { stopOrphans } from "./orphans.ts";
import { register } from "./register.ts";
import { changeRequest, isPending } from "./requests.ts";
import { settledFiles } from "./run-files.ts";
import { newRunId } from "./run-id.ts";
import { undoneBy } from "./undone.ts";
import { putAwayAt } from "./whereabouts.ts";

export interface ClaimRequest {
  /** The execution's ARN. */
  readonly execution: string;
  /** The state machine's input. */
  readonly event: unknown;
}

/** Every field is always there: the state machine keeps each by name. */
export interface Claim {
  /** `joined`: another execution holds the lease, and will take the files. */
  readonly outcome: "claimed" | "joined" | "nothing";
  readonly run_id: string | null;
  /** Where the run's manifest is. */
  readonly manifest: string | null;
  readonly attempt: number | null;
  /** How many Glue workers the files are worth. */
  readonly workers: number | null;
}

/** A run that was taken up so often is given up, though it never failed by itself. */
const maxAttempts = 20;

/**
 * Claims one run.
 *
 * @throws JobStillRunning when the job of a dead execution has not stopped yet
 */
export async function claim(request: ClaimRequest, context: PlanRunContext): Promise<Claim> {
  const { execution } = request;
  await register(readEvent(request.event), execution, context);
  for (;;) {
    const { held, lease } = await takeLease(execution, context);
    if (!held) return { ...nothing, outcome: "joined", run_id: lease.run_id };
    const run = (await unfinishedRun(lease, execution, context)) ?? (await newRun(lease, execution, context));
    if (run !== null) return await begin(run, context);
    await releaseLease(execution, context);
    // an execution that saw the lease held has joined, and what it registered is seen from here on
    if (!(await isPending(context))) return nothing;
  }
}

const nothing: Claim = { outcome: "nothing", run_id: null, manifest: null, attempt: null, workers: null };

/** The last run, under its own id, if it didn't come to its end. */
async function unfinishedRun(
  lease: Entry<Lease>,
  execution: string,
  context: PlanRunContext,
): Promise<Run | null> {
  const seen = lease.run_id === null ? null : await context.ledger.run(lease.run_id);
  if (seen === null || !isUnfinished(seen)) return null;
  // this execution's own claim, invoked twice
  if (seen.status === "RUNNING" && seen.execution === execution) return seen;
  await stopOrphans(seen.run_id, context);
  if (seen.attempt >= maxAttempts) {
    await holdRun(
      seen,
      { error: "TooManyAttempts", cause: `given up after ${maxAttempts} attempts` },
      context,
    );
    return null;
  }
  const { revision: _, ...run } = seen;
  const resumed: Run = {
    ...run,
    status: "RUNNING",
    attempt: seen.attempt + 1,
    execution,
    finished_at: null,
    error: null,
    cause: null,
  };
  // only whoever holds the lease writes the run; what changed it was this claim, invoked twice
  return (await context.ledger.putRun(resumed, seen))
    ? resumed
    : await unfinishedRun(lease, execution, context);
}

const isUnfinished = (run: Run): boolean =>
  run.status === "RUNNING" || (run.status === "FAILED" && run.resumable);

async function newRun(lease: Entry<Lease>, execution: string, context: PlanRunContext): Promise<Run | null> {
  const { ledger, now, randomHex } = context;
  // what a person asks for goes before the files that wait: a rollback, say, before more is loaded
  const [request] = await ledger.requests("pending");
  const files = request === undefined ? await settledFiles(context) : [];
  if (request === undefined && files.length === 0) return null;
  const run: Run = {
    run_id: (await unusedRunId(lease, context)) ?? newRunId(now(), randomHex),
    status: "RUNNING",
    attempt: 1,
    failures: 0,
    execution,
    work: request?.work ?? { kind: "load" },
    request: request?.execution ?? null,
    files,
    started_at: now().toISOString(),
    finished_at: null,
    resumable: true,
    error: null,
    cause: null,
    publish: null,
    datasets: {},
    rows: {},
    reasons: {},
    outcomes: [],
  };
  await leaseRun(run.run_id, lease, context);
  return (await ledger.putRun(run, null)) ? run : await ledger.run(run.run_id);
}

/** The id of a run that was announced by the lease and then never written. */
async function unusedRunId(lease: Lease, { ledger }: PlanRunContext): Promise<string | null> {
  if (lease.run_id === null) return null;
  return (await ledger.run(lease.run_id)) === null ? lease.run_id : null;
}

/** Marks the run's files and writes its manifest; done again, it does the same. */
async function begin(run: Run, context: PlanRunContext): Promise<Claim> {
  const { facts, objects } = context;
  const files = await eachInput(run.files, async (file) => {
    const claimed = { status: "claimed", run_id: run.run_id, reason: null } as const;
    const lies_at = (await putAwayAt(await changeInput(file, claimed, context), objects)) ?? file.key;
    return { ...file, lies_at, url: objects.url(lies_at) };
  });
  await changeRequest(run.request, { status: "claimed", run_id: run.run_id }, context);
  const manifest: Manifest = {
    run_id: run.run_id,
    pipeline: facts.pipeline,
    prefix: facts.prefix,
    attempt: run.attempt,
    work: run.work,
    undone: (await undoneBy(run, context)).map((undone) => undone.run_id),
    keep: await keptSnapshots(run, context),
    files,
  };
  const key = manifestKey(facts.pipeline, run.run_id);
  await writeJson(objects, key, manifest);
  return {
    outcome: "claimed",
    run_id: run.run_id,
    manifest: objects.url(key),
    attempt: run.attempt,
    workers: workersFor(sizeOf(run.files)),
  };
}

const sizeOf = (files: readonly RunFile[]): number => files.reduce((sum, file) => sum + file.size, 0);
