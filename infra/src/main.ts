/** Synthesises one environment: `node infra/src/main.ts dev`. */

import { PipelineFault } from "./check-pipelines.ts";
import { NotBuilt } from "./code.ts";
import { ConfigError } from "./config.ts";
import { loadEnvironment } from "./load-environment.ts";
import { synthesise } from "./synthesise.ts";

const [name] = process.argv.slice(2);
try {
  if (name === undefined) throw new ConfigError("give the environment's name: node infra/src/main.ts dev");
  for (const folder of Object.values(synthesise(await loadEnvironment(name)))) console.log(folder);
} catch (error) {
  if (!(error instanceof ConfigError || error instanceof NotBuilt || error instanceof PipelineFault))
    throw error;
  console.error(error.message);
  process.exitCode = error instanceof ConfigError ? 2 : 1;
}
