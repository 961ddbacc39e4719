/** What Glue keeps of a job's runs. */

import { GlueClient, type JobRun, paginateGetJobRuns } from "@aws-sdk/client-glue";

/** One run of a Glue job. */
export interface JobRunRecord {
  readonly id: string;
  /** `SUCCEEDED`, `FAILED`, `RUNNING`… */
  readonly state: string;
  readonly startedAt: Date;
  /** Null while it runs. */
  readonly endedAt: Date | null;
  /** What Glue says of its failure, which may quote rows; null when it has none. */
  readonly error: string | null;
}

export interface JobRunRecords {
  /** The job runs that worked on a run, the oldest first; none began before `since`. */
  of(runId: string, since: Date): Promise<JobRunRecord[]>;
}

export function glueJobRunRecords(at: { readonly client?: GlueClient; readonly job: string }): JobRunRecords {
  const client = at.client ?? new GlueClient();
  async function* newestFirst(): AsyncGenerator<JobRun> {
    for await (const page of paginateGetJobRuns({ client, pageSize: 100 }, { JobName: at.job })) {
      yield* page.JobRuns ?? [];
    }
  }

  return {
    async of(runId, since) {
      const found: JobRunRecord[] = [];
      for await (const run of newestFirst()) {
        if (run.StartedOn === undefined || run.StartedOn < since) break;
        if (run.Arguments?.["--run_id"] !== runId) continue;
        found.push({
          id: run.Id ?? "",
          state: run.JobRunState ?? "UNKNOWN",
          startedAt: run.StartedOn,
          endedAt: run.CompletedOn ?? null,
          error: run.ErrorMessage ?? null,
        });
      }
      return found.toReversed();
    },
  };
}
