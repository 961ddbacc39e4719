/** Synthesises one environment: `node infra/src/main.ts dev`. */

import { toolchain } from "@penstock/toolchain/paths.ts";
import { checkWhole } from "./check-folders.ts";
import { PipelineFault } from "./check-pipelines.ts";
import { NotBuilt } from "./code.ts";
import { ConfigError } from "./config.ts";

const [name] = process.argv.slice(2);
try {
  if (name === undefined) throw new ConfigError("give the environment's name: node infra/src/main.ts dev");
  checkWhole(toolchain.repository);
  // both load every pipeline there is
  const { loadEnvironment } = await import("./load-environment.ts");
  const { synthesise } = await import("./synthesise.ts");
  for (const folder of Object.values(synthesise(await loadEnvironment(name)))) console.log(folder);
} catch (error) {
  if (!(error instanceof ConfigError || error instanceof NotBuilt || error instanceof PipelineFault))
    throw error;
  console.error(error.message);
  process.exitCode = error instanceof ConfigError ? 2 : 1;
}
