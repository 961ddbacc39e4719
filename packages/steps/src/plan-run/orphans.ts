/** A dead execution may leave its job behind; two jobs on one table lose commits. */

import type { PlanRunContext } from "./context.ts";

/** The job of a dead execution has not stopped yet; passes by itself. */
export class JobStillRunning extends Error {
  override readonly name = "JobStillRunning";
}

/** How often, and how far apart in milliseconds, the job is looked at before somebody else has to wait. */
const looks = 20;
const pause = 500;

/** Stops whatever job still works on a run, and waits until it has. @throws JobStillRunning */
export async function stopOrphans(runId: string, { jobRuns, sleep }: PlanRunContext): Promise<void> {
  const orphans = await jobRuns.alive(runId);
  if (orphans.length === 0) return;
  await jobRuns.stop(orphans);
  for (let look = 0; look < looks; look += 1) {
    if ((await jobRuns.alive(runId)).length === 0) return;
    await sleep(pause);
  }
  throw new JobStillRunning(`job run ${orphans.join(", ")} of run ${runId} has not stopped yet`);
}
