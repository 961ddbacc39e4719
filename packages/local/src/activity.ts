import type { Services } from "./services.ts";

/** What the services do at the moment, as `GET /penstock/activity` tells it. */
export function activity({ stepFunctions, glue, athena, lambda, eventQueue, spark }: Services) {
  return {
    executions: stepFunctions.active(),
    job_runs: glue.active(),
    queries: athena.active,
    invocations: lambda.active,
    events: eventQueue.pending.attended,
    unattended_events: eventQueue.pending.unattended,
    spark: spark.status,
  };
}

/** Whether anything is done that somebody waits for; what the clock starts is not. */
export function isBusy(services: Services): boolean {
  const { executions, job_runs, queries, invocations, events } = activity(services);
  return executions.length + job_runs.length + queries + invocations + events > 0;
}
