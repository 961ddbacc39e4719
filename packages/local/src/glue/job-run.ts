import type { JsonObject } from "../json.ts";

/** The states of a job run, as Glue names them. */
export type JobRunState =
  | "STARTING"
  | "RUNNING"
  | "STOPPING"
  | "STOPPED"
  | "SUCCEEDED"
  | "FAILED"
  | "TIMEOUT"
  | "ERROR";

/** A run of a Glue job. Times are milliseconds since 1970, `executionSeconds` whole seconds. */
export interface JobRun {
  readonly id: string;
  readonly job: string;
  readonly arguments: Readonly<Record<string, string>>;
  readonly state: JobRunState;
  readonly error?: string;
  readonly startedAt: number;
  readonly modifiedAt: number;
  readonly completedAt?: number;
  readonly executionSeconds: number;
  readonly timeoutMinutes: number;
}

export const hasEnded = (run: JobRun): boolean =>
  run.state !== "STARTING" && run.state !== "RUNNING" && run.state !== "STOPPING";

/**
 * The run as Glue's API gives it. Times are seconds since 1970 in Glue's own answers, and milliseconds where
 * Step Functions passes them on: `perSecond` is 1 or 1000.
 */
export function jobRunJson(run: JobRun, perSecond: 1 | 1000): JsonObject {
  const time = (milliseconds: number) => (perSecond === 1000 ? milliseconds : milliseconds / 1000);
  return {
    Id: run.id,
    Attempt: 0,
    JobName: run.job,
    StartedOn: time(run.startedAt),
    LastModifiedOn: time(run.modifiedAt),
    CompletedOn: run.completedAt === undefined ? undefined : time(run.completedAt),
    JobRunState: run.state,
    Arguments: run.arguments,
    ErrorMessage: run.error,
    PredecessorRuns: [],
    AllocatedCapacity: 2,
    ExecutionTime: run.executionSeconds,
    Timeout: run.timeoutMinutes,
    MaxCapacity: 2,
    WorkerType: "G.1X",
    NumberOfWorkers: 2,
    LogGroupName: "/aws-glue/jobs",
    GlueVersion: "5.1",
    ExecutionClass: "STANDARD",
  };
}
