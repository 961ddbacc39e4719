/** A run of a deployed pipeline, step by step, as its state machine would take it. */

import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import type { Report } from "@penstock/lake/report.ts";
import type { DeployedEnvironment } from "./deployed-environment.ts";
import { runDeployedJob } from "./deployed-job.ts";

export interface PipelineRun {
  readonly run_id: string;
  readonly manifest: string;
  /** Runs the job. @param script path of another in place of the one that is deployed */
  job(script?: string): Promise<Report>;
}

/** Claims a run for an execution. @throws Error when plan-run has none for it */
export async function claimRun(
  at: DeployedEnvironment,
  pipeline: string,
  started: { readonly arn: string; readonly input: unknown },
): Promise<PipelineRun> {
  const execution = started.arn;
  const planRun = (payload: object) => at.invoke(pipeline, "plan-run", { execution, ...payload });
  const claim = await planRun({ action: "claim", event: started.input });
  if (claim.outcome !== "claimed") throw new Error(`plan-run of ${pipeline}: ${JSON.stringify(claim)}`);
  const { run_id, manifest } = claim;
  return {
    run_id,
    manifest,
    job: async (script) => {
      const folder = mkdtempSync(join(at.penstock.files, "job-"));
      return await runDeployedJob({
        ...{ environment: at.config, variables: at.aws.environment },
        ...{ pipeline, claim, folder },
        ...(script === undefined ? {} : { script }),
      });
    },
  };
}
