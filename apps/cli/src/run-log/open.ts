import { stepFunctionsHistories } from "@penstock/lake/execution-histories.ts";
import { glueJobRunRecords } from "@penstock/lake/job-run-records.ts";
import type { Run } from "@penstock/lake/ledger-entries.ts";
import { cloudWatchLogEvents } from "@penstock/lake/log-events.ts";
import { jobLogGroups, jobLogPrefix } from "@penstock/lake/log-groups.ts";
import { local, pipelineNames, stateMachineArn } from "@penstock/lake/names.ts";
import type { Pipeline } from "@penstock/workflows/pipeline.ts";
import { appsOf } from "@penstock/workflows/started-function.ts";
import type { Session } from "../session/session.ts";
import { type RunLog, readRunLog } from "./read.ts";

/** The log of a run, by AWS's own calls to wherever the session points them. */
export function openRunLog({ environment }: Session, pipeline: Pipeline, run: Run): Promise<RunLog> {
  const names = pipelineNames(environment, pipeline.name);
  const isLocal = environment.name === local.name;
  return readRunLog(
    run,
    {
      stateMachineArn: stateMachineArn(environment, names.stateMachine),
      longest: pipeline.workflow.timeoutSeconds,
      job: { name: names.job, logs: jobLogGroups(isLocal ? undefined : jobLogPrefix(names.job)) },
      functions: appsOf(pipeline).map(names.function),
    },
    {
      histories: stepFunctionsHistories(),
      jobRuns: glueJobRunRecords({ job: names.job }),
      logs: cloudWatchLogEvents(),
      now: () => new Date(),
    },
  );
}
