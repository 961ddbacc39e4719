import { ConfigError, type EnvironmentConfig } from "@penstock/infra/config.ts";
import { loadEnvironment } from "@penstock/infra/load-environment.ts";
import { pipelines } from "@penstock/pipelines/registry.ts";
import type { Pipeline } from "@penstock/workflows/pipeline.ts";
import { WrongUsage } from "../failure.ts";
import { assertAccount } from "./aws-account.ts";
import { toldByAws } from "./aws-failure.ts";

/** An environment on AWS, and the pipelines that are deployed to it. */
export interface Deployed {
  readonly environment: EnvironmentConfig;
  readonly pipelines: readonly Pipeline[];
}

/**
 * Points AWS's clients at an environment and does work there, as whoever the user's own credentials say.
 *
 * @param name as `infra/environments.ts` has it
 * @throws WrongUsage when the configuration is wrong; Failure for what AWS refuses, with what to do
 */
export async function inEnvironment<T>(name: string, work: (to: Deployed) => Promise<T>): Promise<T> {
  const to = await configured(name);
  const { environment } = to;
  pointClientsAt(environment);
  try {
    await assertAccount(environment);
    return await work(to);
  } catch (error) {
    throw toldByAws(error, environment);
  }
}

/** An environment as its configuration says; nothing is asked of AWS. @throws WrongUsage */
export async function configured(name: string): Promise<Deployed> {
  try {
    const environment = await loadEnvironment(name);
    return { environment, pipelines: pipelinesOf(environment) };
  } catch (error) {
    throw error instanceof ConfigError ? new WrongUsage(`--env: ${error.message}`) : error;
  }
}

const pipelinesOf = ({ pipelines: asked }: EnvironmentConfig): readonly Pipeline[] =>
  asked === "all" ? pipelines : pipelines.filter(({ name }) => asked.includes(name));

/** AWS clients read these; whose credentials they use is the user's to say. */
function pointClientsAt({ region, endpoint }: EnvironmentConfig): void {
  process.env.AWS_REGION = region;
  if (endpoint !== null) process.env.AWS_ENDPOINT_URL = endpoint;
}
