/** The runs of one Glue job: is one still alive, and make it stop. */

import { BatchStopJobRunCommand, GlueClient, paginateGetJobRuns } from "@aws-sdk/client-glue";

export interface JobRuns {
  /** The ids of the job's runs that work on a run and have not ended. */
  alive(runId: string): Promise<string[]>;
  /** Asks job runs to stop; they take a moment. */
  stop(jobRunIds: readonly string[]): Promise<void>;
}

const aliveStates: ReadonlySet<string> = new Set(["STARTING", "RUNNING", "STOPPING", "WAITING"]);

/** How many of the newest job runs are looked at: one that still lives is among them. */
const newest = 100;

export function glueJobRuns(at: { readonly client?: GlueClient; readonly job: string }): JobRuns {
  const client = at.client ?? new GlueClient();
  return {
    async alive(runId) {
      const found: string[] = [];
      let seen = 0;
      for await (const page of paginateGetJobRuns({ client, pageSize: newest }, { JobName: at.job })) {
        for (const run of page.JobRuns ?? []) {
          const mine = run.Arguments?.["--run_id"] === runId;
          if (mine && run.Id !== undefined && aliveStates.has(run.JobRunState ?? "")) found.push(run.Id);
        }
        seen += page.JobRuns?.length ?? 0;
        if (seen >= newest) break;
      }
      return found;
    },

    async stop(jobRunIds) {
      if (jobRunIds.length === 0) return;
      await client.send(new BatchStopJobRunCommand({ JobName: at.job, JobRunIds: [...jobRunIds] }));
    },
  };
}
