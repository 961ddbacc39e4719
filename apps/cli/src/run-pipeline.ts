import { setTimeout as sleep } from "node:timers/promises";
import type { Ledger } from "@penstock/lake/ledger.ts";
import type { Input, Run } from "@penstock/lake/ledger-entries.ts";
import { pipelineNames, stateMachineArn } from "@penstock/lake/names.ts";
import type { DatasetCounts, ReportedFile } from "@penstock/lake/report.ts";
import type { AskedWork } from "@penstock/steps/plan-run/event.ts";
import { plainCause } from "@penstock/steps/plan-run/fail.ts";
import type { Pipeline } from "@penstock/workflows/pipeline.ts";
import { untilCtrlC } from "./ctrl-c.ts";
import { Failure } from "./failure.ts";
import { type Followed, follow, type StateTime, startExecution } from "./follow.ts";
import { type Orphans, orphansOf } from "./orphans.ts";
import type { Session } from "./session/session.ts";
import { typedCommand } from "./session/typed-command.ts";

/** What `penstock run --json` prints. */
export interface RunResult {
  /** The newest run; null when there was nothing to do. */
  readonly run_id: string | null;
  readonly status: "SUCCEEDED" | "FAILED";
  /** Counts by dataset, of all the runs that the files went through. */
  readonly datasets: Readonly<Record<string, Counts>>;
  readonly seconds: number;
  readonly states: readonly StateTime[];
  readonly runs: readonly string[];
  readonly files: readonly ReportedFile[];
  /** Why rows were set aside, by dataset and reason. */
  readonly reasons: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** By dataset, rows in quarantine that only wait for the rows they refer to, as the newest run left it. */
  readonly waiting: Orphans["waiting"];
  /** Those of them that have waited longer than the contract allows. */
  readonly overdue: Orphans["overdue"];
  readonly error: string | null;
  /** Files that were asked for and are not in the tables, with why: held by a gate, say, or rolled back. */
  readonly left: readonly Pick<Input, "key" | "status" | "run_id" | "reason">[];
}

type Counts = Omit<DatasetCounts, "rows" | "snapshot_id" | "branch" | "waiting" | "overdue">;
const countNames = [
  "read",
  "accepted",
  "quarantined",
  "duplicates",
  "inserted",
  "updated",
  "unchanged",
  "superseded",
] as const;

/** What a run is asked for: the given keys, or what is pending; or work that is no file. */
export type Ask =
  | { readonly keys?: readonly string[]; readonly again: boolean }
  | { readonly work: AskedWork };

/**
 * Starts a pipeline and follows it to its end.
 *
 * @throws StoppedWatching when Ctrl-C ends the following; the execution goes on
 */
export async function runPipeline(session: Session, pipeline: Pipeline, ask: Ask): Promise<RunResult> {
  const goesOn = `The execution goes on; see what came of it: ${typedCommand(session, `runs ${pipeline.name}`)}`;
  return await untilCtrlC(goesOn, (signal) => runWatched(session, pipeline, ask, signal));
}

async function runWatched(
  session: Session,
  pipeline: Pipeline,
  ask: Ask,
  signal: AbortSignal,
): Promise<RunResult> {
  const ledger = session.ledger(pipeline.name);
  const machine = stateMachineArn(
    session.environment,
    pipelineNames(session.environment, pipeline.name).stateMachine,
  );
  const pause = () => sleep(session.askEvery, undefined, { signal });
  const watch = (execution: string) => follow(execution, linesOf(pipeline), pause);
  const began = Date.now();
  let followed = await watch(await startExecution(machine, inputOf(ask)));
  let runs: readonly Run[] = await runsOf(ledger, followed);
  if (runs.length === 0 && hasJoined(followed)) {
    // what was asked for is done by another: on AWS, that which the file itself has started
    const { execution } = (await ledger.lease()) ?? { execution: null };
    const states = execution === null ? [] : (await watch(execution)).states;
    runs = await joinedRuns(ledger, ask, followed, pause);
    followed = { ...followed, states, seconds: (Date.now() - began) / 1000 };
  }
  const left = await leftOut(ledger, "work" in ask ? [] : (ask.keys ?? []));
  return { ...resultOf(pipeline, runs, followed), left };
}

const runsOf = async (ledger: Ledger, { arn }: Followed): Promise<Run[]> =>
  (await ledger.runs(100)).filter((run) => run.execution === arn).toReversed();

/** Of the keys, those whose newest content is not in the tables. */
async function leftOut(ledger: Ledger, keys: readonly string[]): Promise<RunResult["left"]> {
  return (await newestOf(ledger, keys))
    .filter(({ status }) => status !== "done")
    .map(({ key, status, run_id, reason }) => ({ key, status, run_id, reason }));
}

/** The newest content of each key that the ledger knows. */
async function newestOf(ledger: Ledger, keys: readonly string[]): Promise<readonly Input[]> {
  const inputs = await Promise.all(keys.map((key) => ledger.inputsOf(key)));
  return inputs.flatMap(
    (contents) => contents.toSorted((a, b) => (a.modified < b.modified ? 1 : -1))[0] ?? [],
  );
}

function inputOf(ask: Ask): unknown {
  if ("work" in ask) return { work: ask.work };
  return {
    ...(ask.keys === undefined ? {} : { inputs: ask.keys }),
    ...(ask.again ? { again: true } : {}),
  };
}

/** The states that do something, which is what a person wants to see. */
const linesOf = (pipeline: Pipeline): ReadonlySet<string> =>
  new Set(
    Object.entries(pipeline.workflow.states).flatMap(([name, { kind }]) =>
      ["lambda", "glueJob", "map", "publish"].includes(kind) ? [name] : [],
    ),
  );

/** What plan-run tells an execution that found the lease held by another. */
interface Joined {
  readonly claim?: { readonly outcome?: string; readonly run_id?: string | null };
}

const hasJoined = ({ status, output }: Followed): boolean =>
  status === "SUCCEEDED" && (output as Joined | null)?.claim?.outcome === "joined";

/** Another execution held the lease: its run, or a run after it, does what was asked. Waits until it is settled. */
async function joinedRuns(
  ledger: Ledger,
  ask: Ask,
  { arn, output }: Followed,
  pause: () => Promise<void>,
): Promise<Run[]> {
  if ("work" in ask) return await requestedRuns(ledger, arn, pause);
  const keys = ask.keys ?? [];
  for (;;) {
    const waiting = (await ledger.inputs("pending", "claimed")).filter((input) => keys.includes(input.key));
    const lease = await ledger.lease();
    if (waiting.length === 0 || lease === null || lease.execution === null) break;
    await pause();
  }
  // the lease may still name the run before: of files that were asked for, they themselves tell
  const inputs = (await newestOf(ledger, keys)).map((input) => input.run_id);
  const ids = new Set(
    (keys.length > 0 ? inputs : [(output as Joined).claim?.run_id]).filter((id) => id != null),
  );
  const runs = await Promise.all([...ids].sort().map((id) => ledger.run(id)));
  return runs.filter((run) => run !== null);
}

/** The run that did what an execution asked for, once it is done. */
async function requestedRuns(ledger: Ledger, execution: string, pause: () => Promise<void>): Promise<Run[]> {
  for (;;) {
    const request = await ledger.request(execution);
    const lease = await ledger.lease();
    const settled = request === null || request.status === "done" || request.status === "failed";
    if (!settled && lease?.execution != null) {
      await pause();
      continue;
    }
    const run = request?.run_id == null ? null : await ledger.run(request.run_id);
    return run === null ? [] : [run];
  }
}

function resultOf(pipeline: Pipeline, runs: readonly Run[], followed: Followed): Omit<RunResult, "left"> {
  const failed = runs.find((run) => run.status === "FAILED");
  const broke = followed.status !== "SUCCEEDED" && runs.every((run) => run.status !== "SUCCEEDED");
  if (broke && failed === undefined && runs.length === 0) {
    throw new Failure(
      `${pipeline.name} stopped before a run began: ${followed.error ?? followed.status}: ${plainCause(followed.cause ?? "no cause given")}`,
    );
  }
  const datasets = Object.fromEntries(
    pipeline.datasets.map(({ name }) => [
      name,
      Object.fromEntries(
        countNames.map((count) => [
          count,
          runs.reduce((total, run) => total + (run.datasets[name]?.[count] ?? 0), 0),
        ]),
      ) as unknown as Counts,
    ]),
  );
  return {
    run_id: runs.at(-1)?.run_id ?? null,
    status: followed.status === "SUCCEEDED" && failed === undefined ? "SUCCEEDED" : "FAILED",
    datasets,
    seconds: followed.seconds,
    states: followed.states,
    runs: runs.map((run) => run.run_id),
    files: runs.flatMap((run) => run.outcomes),
    reasons: sumReasons(runs),
    ...orphansOf(runs.toReversed()),
    error: failed === undefined ? followed.error : `${failed.error}: ${failed.cause}`,
  };
}

function sumReasons(runs: readonly Run[]): Record<string, Record<string, number>> {
  const sums: Record<string, Record<string, number>> = {};
  for (const run of runs) {
    for (const [dataset, reasons] of Object.entries(run.reasons)) {
      const sum = sums[dataset] ?? {};
      for (const [reason, count] of Object.entries(reasons)) sum[reason] = (sum[reason] ?? 0) + count;
      sums[dataset] = sum;
    }
  }
  return sums;
}
