/** The Lambda function simulate of one pipeline: wiring only. */

import { openObjects } from "@penstock/lake/objects.ts";
import { logLine } from "@penstock/steps/log.ts";
import { setting } from "@penstock/steps/setting.ts";
import { type Simulated, simulate } from "@penstock/steps/simulate/simulate.ts";
import pipeline, { simulation } from "#pipeline";

/** @param event when it was due, as EventBridge Scheduler fills it in */
export async function handler(event: { readonly time: string }): Promise<Simulated> {
  const fields = { pipeline: pipeline.name, due: event.time };
  try {
    const objects = openObjects(setting(process.env, "LAKE_URL"));
    const simulated = await simulate(event.time, { simulation, objects });
    console.log(logLine({ level: "INFO", message: "file simulated", ...fields, ...simulated }, new Date()));
    return simulated;
  } catch (error) {
    const why =
      error instanceof Error ? { error: error.name, cause: error.message } : { cause: String(error) };
    console.error(logLine({ level: "ERROR", message: "simulation failed", ...fields, ...why }, new Date()));
    throw error;
  }
}
