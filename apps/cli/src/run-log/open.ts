import { stepFunctionsHistories } from "@penstock/lake/execution-histories.ts";
import { glueJobRunRecords } from "@penstock/lake/job-run-records.ts";
import type { Run } from "@penstock/lake/ledger-entries.ts";
import { cloudWatchLogEvents } from "@penstock/lake/log-events.ts";
import { pipelineNames, stateMachineArn } from "@penstock/lake/names.ts";
import type { Pipeline } from "@penstock/workflows/pipeline.ts";
import { allStates } from "@penstock/workflows/workflow.ts";
import type { Session } from "../session/session.ts";
import { type RunLog, readRunLog } from "./read.ts";

/** The log of a run, by AWS's own calls to wherever the session points them. */
export function openRunLog({ environment }: Session, pipeline: Pipeline, run: Run): Promise<RunLog> {
  const names = pipelineNames(environment, pipeline.name);
  const states = allStates({ startAt: pipeline.workflow.startAt, states: pipeline.workflow.states });
  const functions = states.flatMap(([, state]) => (state.kind === "lambda" ? [state.function] : []));
  return readRunLog(
    run,
    {
      stateMachineArn: stateMachineArn(environment, names.stateMachine),
      longest: pipeline.workflow.timeoutSeconds,
      job: names.job,
      functions: [...new Set(functions)].map(names.function),
    },
    {
      histories: stepFunctionsHistories(),
      jobRuns: glueJobRunRecords({ job: names.job }),
      logs: cloudWatchLogEvents(),
      now: () => new Date(),
    },
  );
}
