import type { AskedWork } from "@penstock/steps/plan-run/event.ts";
import type { Pipeline } from "@penstock/workflows/pipeline.ts";
import { printJson } from "./console.ts";
import type { Session } from "./session/session.ts";
import { tellRun } from "./tell-run.ts";

/** Has a pipeline do work that is no file, follows it, and says what came of it. */
export async function runAsked(
  session: Session,
  pipeline: Pipeline,
  work: AskedWork,
  options: { readonly json: boolean },
): Promise<void> {
  const { runPipeline } = await import("./run-pipeline.ts");
  const result = await runPipeline(session, pipeline, { work });
  tellRun(session, pipeline, result);
  if (options.json) printJson(result);
  if (result.status === "FAILED") process.exitCode = 1;
}
