/** The Lambda function validate of one pipeline: wiring only. */

import { openObjects } from "@penstock/lake/objects.ts";
import { logLine } from "@penstock/steps/log.ts";
import { setting } from "@penstock/steps/setting.ts";
import {
  type ValidateContext,
  type Validated,
  type ValidateRequest,
  validate,
} from "@penstock/steps/validate/validate.ts";
import pipeline from "#pipeline";

let context: ValidateContext | undefined;

export async function handler(request: ValidateRequest): Promise<Validated> {
  context ??= wire(process.env);
  const fields = { pipeline: pipeline.name, run_id: request.run_id };
  try {
    const { valid, rejected, ...answer } = await validate(request, context);
    const told = { level: "INFO", message: "files validated", ...fields, valid, rejected } as const;
    console.log(logLine(told, new Date()));
    return { valid, rejected, ...answer };
  } catch (error) {
    const why =
      error instanceof Error ? { error: error.name, cause: error.message } : { cause: String(error) };
    console.error(logLine({ level: "ERROR", message: "validation failed", ...fields, ...why }, new Date()));
    throw error;
  }
}

function wire(environment: Readonly<Record<string, string | undefined>>): ValidateContext {
  return {
    facts: { pipeline: pipeline.name, profiles: pipeline.profiles ?? [] },
    objects: openObjects(setting(environment, "LAKE_URL")),
    log: (record) => console.log(logLine(record, new Date())),
  };
}
