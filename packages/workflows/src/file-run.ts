/** The run of a file pipeline as one call: claim, conform, stage, gate, publish, check, serve, tell. */

import type { Dataset } from "@penstock/contracts/dataset.ts";
import {
  type Access,
  cleaned,
  executions,
  jobRuns,
  ledger,
  lookup,
  objects,
  pseudonymKey,
  quarantine,
  queries,
  runs,
  series,
  table,
  topic,
} from "./access.ts";
import { equals, present } from "./condition.ts";
import { failureStates } from "./failure-states.ts";
import { putAwayPrefix } from "./put-away-prefix.ts";
import { putAwayState } from "./put-away-state.ts";
import { runNotice } from "./run-notice.ts";
import { sanityCheck } from "./sanity-check.ts";
import { choice, fail, glueJob, lambda, map, pass, publish, succeed } from "./state.ts";
import { executionId, executionInput, path } from "./template.ts";
import { validateStates } from "./validate-states.ts";
import { type Workflow, workflow } from "./workflow.ts";

/** What differs from one file pipeline to the next. */
export interface FileRun {
  /** What the job writes, and the sanity queries and metrics read. */
  readonly datasets: readonly Pick<Dataset, "name" | "columns">[];
  /** Where its files are dropped, inside the lake: `raw/ev_sessions/`. */
  readonly prefix: string;
  /** The keys of the lookup tables that it serves. */
  readonly lookups: readonly string[];
  /** The dataset whose rows are served one by one by key and time, if there is one; the function is `process`. */
  readonly series?: string;
  /** Whether a function looks at the files before any job does, so that what is none costs nothing; not by default. */
  readonly validate?: boolean;
  /** Whether the files of a run are moved to archive/ or rejected/ when it is done; not by default. */
  readonly archive?: boolean;
}

const hour = 3600;
/** As long as the state machine waits for a job, for its capacity too. The job ends by its own time limit before that. */
const jobSeconds = 10 * hour;
/** As long as a Lambda function can take. */
const lambdaSeconds = 900;

/** Builds the workflow of a file pipeline. */
export function fileRun(facts: FileRun): Workflow {
  const { validate = false, archive = false } = facts;
  const raw = objects(facts.prefix);
  const away = archive
    ? [objects(putAwayPrefix("archive", facts.prefix)), objects(putAwayPrefix("rejected", facts.prefix))]
    : [];
  const tables = facts.datasets.map((dataset) => table(dataset.name));
  const lookups = facts.lookups.map(lookup);
  const isPersonal = facts.datasets.some(({ columns }) =>
    Object.values(columns).some((column) => column.pii !== undefined),
  );
  const jobOutput: Access[] = facts.datasets.flatMap(({ name }) => [
    table(name),
    cleaned(name),
    quarantine(name),
  ]);

  const whenClaimed = validate ? ("Validate" as const) : ("RunJob" as const);
  const whenServed = archive ? ("PutAway" as const) : ("Finish" as const);
  const whenFigured = facts.series === undefined ? whenServed : ("Serve" as const);
  const whenChecked = facts.lookups.length > 0 ? ("PublishMetrics" as const) : whenFigured;
  const served = facts.series === undefined ? [] : [series(facts.series)];
  const seriesCleaned = facts.series === undefined ? [] : [cleaned(facts.series)];

  return workflow({
    comment: "Takes the files that wait into the lake's tables, checks them, serves their figures and tells.",
    startAt: "Claim",
    onFailure: "RecordFailure",
    timeoutSeconds: 12 * hour,
    states: {
      Claim: lambda({
        comment: "Registers what the event names, takes the pipeline's lease and lists the files of one run.",
        function: "plan-run",
        payload: { action: "claim", execution: executionId, event: executionInput },
        returns: ["outcome", "run_id", "manifest", "attempt", "workers"],
        resultAt: "$.claim",
        // a dead run's Glue job takes a moment to stop
        transient: ["JobStillRunning"],
        timeoutSeconds: lambdaSeconds,
        reads: [raw, ...away, ledger, executions, jobRuns],
        // what is in the archive and was dropped again is deleted
        writes: [...(archive ? [raw] : []), runs, ledger, jobRuns],
        next: "IsClaimed",
      }),
      IsClaimed: choice({
        when: [
          { is: equals("$.claim.outcome", "claimed"), next: whenClaimed },
          { is: equals("$.claim.outcome", "joined"), next: "Joined" },
        ],
        otherwise: "NothingToDo",
      }),
      Joined: succeed({ comment: "Another execution holds the lease and will take the files." }),
      NothingToDo: succeed(),
      ...onlyIf(validate, validateStates({ reads: [raw, ...away, runs], timeoutSeconds: lambdaSeconds })),
      RunJob: glueJob({
        comment: "Conforms, stages, gates and publishes the run's rows.",
        arguments: {
          run_id: path("$.claim.run_id"),
          manifest: path(validate ? "$.validated.manifest" : "$.claim.manifest"),
          lake: "${LakeUrl}",
          catalog: "${Catalog}",
          database: "${Database}",
          pseudonym_secret: "${PseudonymSecret}",
        },
        workers: path("$.claim.workers"),
        resultAt: null,
        timeoutSeconds: jobSeconds,
        reads: [raw, ...away, runs, ...(isPersonal ? [pseudonymKey] : []), ...jobOutput],
        writes: [runs, ...jobOutput],
        next: "Settle",
      }),
      Settle: lambda({
        comment: "Takes the job's report into the ledger: what was published, and as which publication.",
        function: "plan-run",
        payload: {
          action: "settle",
          execution: executionId,
          run_id: path("$.claim.run_id"),
          ...(validate ? { validated: path("$.validated") } : {}),
        },
        returns: ["outcome", "publish", "checks", "reason"],
        resultAt: "$.settled",
        timeoutSeconds: lambdaSeconds,
        reads: [runs, ledger],
        writes: [ledger],
        next: "IsPublished",
      }),
      IsPublished: choice({
        when: [
          { is: equals("$.settled.outcome", "published"), next: "CheckSanity" },
          ...(validate ? [{ is: equals("$.settled.outcome", "nothing_valid"), next: whenServed }] : []),
        ],
        otherwise: "GateFailed",
      }),
      GateFailed: pass({
        result: { Error: "GateFailed", Cause: path("$.settled.reason") },
        resultAt: "$.failure",
        next: "RecordFailure",
      }),
      CheckSanity: map({
        comment: "Runs every sanity query; each returns the rows that offend.",
        items: path("$.settled.checks"),
        maxConcurrency: 4,
        each: sanityCheck([...tables]),
        resultAt: null,
        next: whenChecked,
      }),
      ...onlyIf(facts.lookups.length > 0, {
        PublishMetrics: lambda({
          comment: "Computes the metrics by Athena and puts those that changed into the lookup tables.",
          function: "publish-metrics",
          payload: { run_id: path("$.claim.run_id"), publish: path("$.settled.publish") },
          returns: ["written", "deleted"],
          resultAt: "$.metrics",
          timeoutSeconds: lambdaSeconds,
          reads: [queries, ...tables, ...lookups],
          writes: [queries, ...lookups],
          next: whenFigured,
        }),
      }),
      ...onlyIf(facts.series !== undefined, {
        Serve: lambda({
          comment: "Brings what is served by key and time up to date with the run's rows, and assesses them.",
          function: "process",
          payload: { run_id: path("$.claim.run_id") },
          returns: ["written", "anomalies"],
          resultAt: "$.served",
          timeoutSeconds: lambdaSeconds,
          // what a rollback took out of the table is found among the cleaned rows
          reads: [raw, runs, ledger, queries, ...tables, ...seriesCleaned, ...served],
          // what it finds anomalous is a file of the pipeline's own, which it registers
          writes: [raw, queries, ledger, topic, ...served],
          next: whenServed,
        }),
      }),
      ...onlyIf(archive, { PutAway: putAwayState({ files: [raw, ...away], timeoutSeconds: lambdaSeconds }) }),
      Finish: lambda({
        comment: "Marks the run and its files as done, and gives the lease back when nothing waits.",
        function: "plan-run",
        payload: { action: "finish", execution: executionId, run_id: path("$.claim.run_id") },
        returns: ["pending", "notice"],
        resultAt: "$.finished",
        timeoutSeconds: lambdaSeconds,
        reads: [ledger],
        writes: [runs, ledger],
        next: "Notify",
      }),
      Notify: publish({
        ...runNotice("$.finished.notice"),
        timeoutSeconds: 60,
        resultAt: null,
        reads: [],
        writes: [topic],
        next: "IsMorePending",
        // the run is published whether or not anyone is told: go on, and fail at the end
        onError: "IsMorePending",
        errorAt: "$.unsent",
      }),
      IsMorePending: choice({
        when: [
          { is: equals("$.finished.pending", true), next: "Claim" },
          { is: present("$.unsent"), next: "NoticeNotSent" },
        ],
        otherwise: "Done",
      }),
      Done: succeed(),
      NoticeNotSent: fail({ error: "NoticeNotSent", cause: path("$.unsent.Cause") }),
      ...failureStates({ timeoutSeconds: lambdaSeconds }),
    },
  });
}

/**
 * States that a workflow may go without. The type has them all the same, so that whatever leads there is checked by
 * the compiler; that nothing does when they are left out, `workflow` checks.
 */
function onlyIf<S extends object>(wanted: boolean, states: S): S {
  return wanted ? states : ({} as S);
}
