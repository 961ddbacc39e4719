import type { ExecutionHistories } from "@penstock/lake/execution-histories.ts";
import type { JobRunRecords } from "@penstock/lake/job-run-records.ts";
import type { Run } from "@penstock/lake/ledger-entries.ts";
import type { LogEvents } from "@penstock/lake/log-events.ts";
import { functionLogGroup, type JobLogGroups } from "@penstock/lake/log-groups.ts";
import type { LogEntry } from "./entry.ts";
import { functionEntries, type Worked } from "./functions.ts";
import { jobEntries } from "./jobs.ts";
import { segmentOf } from "./segment.ts";
import { stateEntries } from "./states.ts";

/** A run's log: the executions and job runs that worked on it, and what happened, in the order of time. */
export interface RunLog {
  readonly executions: readonly { readonly arn: string; readonly status: string }[];
  readonly job_runs: readonly { readonly id: string; readonly state: string }[];
  readonly entries: readonly LogEntry[];
}

/** What the pipeline is called where its runs are. */
export interface RunLogFacts {
  readonly stateMachineArn: string;
  /** The longest that one execution can take, in seconds. */
  readonly longest: number;
  readonly job: { readonly name: string; readonly logs: JobLogGroups };
  readonly functions: readonly string[];
}

export interface RunLogPorts {
  readonly histories: ExecutionHistories;
  readonly jobRuns: JobRunRecords;
  readonly logs: LogEvents;
  readonly now: () => Date;
}

/** CloudWatch has a line a moment after it was printed. */
const slackMs = 5_000;

/** Reads everything that is known of a run; of texts that may quote rows no more than the names of errors. */
export async function readRunLog(run: Run, facts: RunLogFacts, ports: RunLogPorts): Promise<RunLog> {
  const begun = new Date(run.started_at);
  const to = new Date(run.status === "RUNNING" ? ports.now() : (run.finished_at ?? ports.now()));
  const executions = [];
  const entries: LogEntry[] = [];
  const worked: Worked[] = [];
  const found = await ports.histories.during(facts.stateMachineArn, { from: begun, to }, facts.longest);
  for (const { arn, status } of found) {
    const events = segmentOf(await ports.histories.events(arn), run.run_id, arn === run.execution);
    const [first, last] = [events[0]?.timestamp, events.at(-1)?.timestamp];
    if (first === undefined || last === undefined) continue;
    executions.push({ arn, status });
    worked.push({ execution: arn, from: first, to: last });
    entries.push(...stateEntries(arn, events));
  }

  const moments = [begun, to, ...worked.flatMap((span) => [span.from, span.to])].map(Number);
  const span = { from: new Date(Math.min(...moments)), to: new Date(Math.max(...moments) + slackMs) };
  for (const name of facts.functions) {
    const events = await ports.logs.of(functionLogGroup(name), span);
    entries.push(...functionEntries(name, events, { runId: run.run_id, worked }));
  }

  const jobRuns = await ports.jobRuns.of(run.run_id, span.from);
  for (const jobRun of jobRuns) {
    const lines = (group: string) => ports.logs.of(group, { ...span, stream: jobRun.id });
    const [output, error] = [await lines(facts.job.logs.output), await lines(facts.job.logs.error)];
    entries.push(...jobEntries(facts.job, jobRun, { output, error }));
  }
  return {
    executions,
    job_runs: jobRuns.map(({ id, state }) => ({ id, state })),
    entries: entries.sort((a, b) => a.at.localeCompare(b.at)),
  };
}
