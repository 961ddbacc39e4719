/** The environment that a deploy works on, and its pipelines. */

import type { EnvironmentConfig } from "@penstock/infra/config.ts";
import { loadEnvironment } from "@penstock/infra/load-environment.ts";
import { pipelines as all } from "@penstock/pipelines/registry.ts";
import type { Pipeline } from "@penstock/workflows/pipeline.ts";
import { WrongUsage } from "../failure.ts";

export interface Deployed {
  readonly environment: EnvironmentConfig;
  readonly pipelines: readonly Pipeline[];
}

/** Reads the environment and points AWS's clients at it. @throws WrongUsage naming the key that is wrong */
export async function deployedTo(name: string): Promise<Deployed> {
  let environment: EnvironmentConfig;
  try {
    environment = await loadEnvironment(name);
  } catch (error) {
    if (error instanceof Error && error.name === "ConfigError") throw new WrongUsage(error.message);
    throw error;
  }
  process.env.AWS_REGION = environment.region;
  if (environment.endpoint !== null) {
    process.env.AWS_ENDPOINT_URL = environment.endpoint;
    process.env.AWS_ACCESS_KEY_ID ??= "test";
    process.env.AWS_SECRET_ACCESS_KEY ??= "test";
  }
  const pipelines = all.filter(
    (pipeline) => environment.pipelines === "all" || environment.pipelines.includes(pipeline.name),
  );
  return { environment, pipelines };
}
