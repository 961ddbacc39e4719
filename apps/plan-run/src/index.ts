/** The Lambda function plan-run of one pipeline: wiring only. */

import { randomBytes } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { stepFunctionsExecutions } from "@penstock/lake/executions.ts";
import { glueJobRuns } from "@penstock/lake/job-runs.ts";
import { openLedger } from "@penstock/lake/ledger.ts";
import { cloudWatchMetrics } from "@penstock/lake/metrics.ts";
import { pipelineNames } from "@penstock/lake/names.ts";
import { openObjects } from "@penstock/lake/objects.ts";
import { logLine } from "@penstock/steps/log.ts";
import type { PlanRunContext } from "@penstock/steps/plan-run/context.ts";
import { type PlanRunAnswer, type PlanRunRequest, planRun } from "@penstock/steps/plan-run/plan-run.ts";
import { setting } from "@penstock/steps/setting.ts";
import pipeline from "#pipeline";

let context: PlanRunContext | undefined;

export async function handler(request: PlanRunRequest): Promise<PlanRunAnswer> {
  context ??= wire(process.env);
  const { action } = request;
  const fields = { pipeline: pipeline.name, action, execution: request.execution };
  try {
    const answer = await planRun(request, context);
    const run_id = "run_id" in answer ? answer.run_id : "run_id" in request ? request.run_id : undefined;
    const outcome = "outcome" in answer ? answer.outcome : undefined;
    console.log(
      logLine({ level: "INFO", message: `${action} done`, ...fields, run_id, outcome }, new Date()),
    );
    return answer;
  } catch (error) {
    const why =
      error instanceof Error ? { error: error.name, cause: error.message } : { cause: String(error) };
    console.error(logLine({ level: "ERROR", message: `${action} failed`, ...fields, ...why }, new Date()));
    throw error;
  }
}

function wire(environment: Readonly<Record<string, string | undefined>>): PlanRunContext {
  const name = setting(environment, "ENVIRONMENT");
  return {
    facts: {
      pipeline: pipeline.name,
      environment: name,
      database: setting(environment, "DATABASE"),
      prefix: pipeline.trigger.prefix,
      datasets: pipeline.datasets.map((dataset) => dataset.name),
      checks: pipeline.queries.checks,
      metrics: pipeline.queries.metrics,
      leaseSeconds: pipeline.workflow.timeoutSeconds + 15 * 60,
    },
    ledger: openLedger({ table: setting(environment, "LEDGER_TABLE"), pipeline: pipeline.name }),
    objects: openObjects(setting(environment, "LAKE_URL")),
    jobRuns: glueJobRuns({ job: pipelineNames({ name }, pipeline.name).job }),
    executions: stepFunctionsExecutions(),
    emit: cloudWatchMetrics(pipeline.name),
    now: () => new Date(),
    randomHex: (digits) =>
      randomBytes(Math.ceil(digits / 2))
        .toString("hex")
        .slice(0, digits),
    sleep: (milliseconds) => setTimeout(milliseconds),
  };
}
