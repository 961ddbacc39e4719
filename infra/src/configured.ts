/**
 * `ENVIRONMENT=dev node infra/src/configured.ts`: the environment's account and region, a line each, in the form that
 * GitHub takes a step's outputs in. A wrong configuration ends it here, before any credentials are asked for.
 */

import { ConfigError } from "./config.ts";
import { loadEnvironment } from "./load-environment.ts";

try {
  const { account, region } = await loadEnvironment(process.env.ENVIRONMENT ?? "");
  console.log(`account=${account}\nregion=${region}`);
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
