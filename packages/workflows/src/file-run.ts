/** The run of a file pipeline as one call: claim, conform, stage, gate, publish, check, serve, tell. */

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
  table,
  topic,
} from "./access.ts";
import { equals, present } from "./condition.ts";
import { sanityCheck } from "./sanity-check.ts";
import { choice, fail, glueJob, lambda, map, pass, publish, succeed } from "./state.ts";
import { executionId, executionInput, path, type Template } from "./template.ts";
import { type Workflow, workflow } from "./workflow.ts";

/** What differs from one file pipeline to the next. */
export interface FileRun {
  /** What the job writes, and the sanity queries and metrics read. */
  readonly datasets: readonly { readonly name: string }[];
  /** Where its files are dropped, inside the lake: `raw/ev_sessions/`. */
  readonly prefix: string;
  /** The keys of the lookup tables that it serves. */
  readonly lookups: readonly string[];
  /** The longest that the Glue job may take; 120 by default. */
  readonly jobMinutes?: number;
}

const hour = 3600;
/** As long as a Lambda function can take. */
const lambdaSeconds = 900;

/** Builds the workflow of a file pipeline. */
export function fileRun(facts: FileRun): Workflow {
  const raw = objects(facts.prefix);
  const tables = facts.datasets.map((dataset) => table(dataset.name));
  const lookups = facts.lookups.map(lookup);
  const jobOutput: Access[] = facts.datasets.flatMap(({ name }) => [
    table(name),
    cleaned(name),
    quarantine(name),
  ]);

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
        reads: [raw, runs, ledger, executions, jobRuns],
        writes: [runs, ledger, jobRuns],
        next: "IsClaimed",
      }),
      IsClaimed: choice({
        when: [
          { is: equals("$.claim.outcome", "claimed"), next: "RunJob" },
          { is: equals("$.claim.outcome", "joined"), next: "Joined" },
        ],
        otherwise: "NothingToDo",
      }),
      Joined: succeed({ comment: "Another execution holds the lease and will take the files." }),
      NothingToDo: succeed(),
      RunJob: glueJob({
        comment: "Conforms, stages, gates and publishes the run's rows.",
        arguments: {
          run_id: path("$.claim.run_id"),
          manifest: path("$.claim.manifest"),
          lake: "${LakeUrl}",
          catalog: "${Catalog}",
          database: "${Database}",
          pseudonym_secret: "${PseudonymSecret}",
        },
        workers: path("$.claim.workers"),
        resultAt: null,
        timeoutSeconds: (facts.jobMinutes ?? 120) * 60,
        reads: [raw, runs, pseudonymKey, ...jobOutput],
        writes: [runs, ...jobOutput],
        next: "Settle",
      }),
      Settle: lambda({
        comment: "Takes the job's report into the ledger: what was published, and as which publication.",
        function: "plan-run",
        payload: { action: "settle", execution: executionId, run_id: path("$.claim.run_id") },
        returns: ["outcome", "publish", "checks", "reason"],
        resultAt: "$.settled",
        timeoutSeconds: lambdaSeconds,
        reads: [runs, ledger],
        writes: [ledger],
        next: "IsPublished",
      }),
      IsPublished: choice({
        when: [{ is: equals("$.settled.outcome", "published"), next: "CheckSanity" }],
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
        next: "PublishMetrics",
      }),
      PublishMetrics: lambda({
        comment: "Computes the metrics by Athena and puts those that changed into the lookup tables.",
        function: "publish-metrics",
        payload: { run_id: path("$.claim.run_id"), publish: path("$.settled.publish") },
        returns: ["written", "deleted"],
        resultAt: "$.metrics",
        timeoutSeconds: lambdaSeconds,
        reads: [ledger, queries, ...tables, ...lookups],
        writes: [queries, ...lookups],
        next: "Finish",
      }),
      Finish: lambda({
        comment: "Marks the run and its files as done, and gives the lease back when nothing waits.",
        function: "plan-run",
        payload: { action: "finish", execution: executionId, run_id: path("$.claim.run_id") },
        returns: ["pending", "notice"],
        resultAt: "$.finished",
        timeoutSeconds: lambdaSeconds,
        reads: [runs, ledger],
        writes: [ledger],
        next: "Notify",
      }),
      Notify: publish({
        ...notice("$.finished.notice"),
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
      RecordFailure: lambda({
        comment: "Marks the run as failed, with the reason, and gives the lease back.",
        function: "plan-run",
        payload: {
          action: "fail",
          // the run is found by the lease that this execution holds: a failing Claim has no run id to give
          execution: executionId,
          error: path("$.failure.Error"),
          cause: path("$.failure.Cause"),
        },
        returns: ["notice"],
        resultAt: "$.failed",
        timeoutSeconds: lambdaSeconds,
        reads: [ledger],
        writes: [ledger],
        next: "NotifyFailure",
        onError: "RunFailed",
        errorAt: "$.unrecorded",
      }),
      NotifyFailure: publish({
        ...notice("$.failed.notice"),
        timeoutSeconds: 60,
        resultAt: null,
        reads: [],
        writes: [topic],
        next: "RunFailed",
        onError: "RunFailed",
        errorAt: "$.unsent",
      }),
      RunFailed: fail({ error: path("$.failure.Error"), cause: path("$.failure.Cause") }),
    },
  });
}

/** What a notice holds is the same for good news and bad: see the notices of plan-run. */
function notice(at: `$.${string}`): {
  subject: Template;
  message: Template;
  attributes: Record<string, Template>;
} {
  const attribute = (name: string) => path(`${at}.attributes.${name}`);
  return {
    subject: path(`${at}.subject`),
    message: path(`${at}.message`),
    attributes: {
      pipeline: attribute("pipeline"),
      environment: attribute("environment"),
      run_id: attribute("run_id"),
      status: attribute("status"),
      accepted: attribute("accepted"),
      quarantined: attribute("quarantined"),
      rejected_files: attribute("rejected_files"),
    },
  };
}
