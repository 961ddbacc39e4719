/** Reads the environments' file. */

import { relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { pipelines } from "@penstock/pipelines/registry.ts";
import { ConfigError, type EnvironmentConfig, environmentNamed } from "./config.ts";

/** Where environments are configured, unless `PENSTOCK_ENVIRONMENTS` names another file. */
const ownFile = resolve(import.meta.dirname, "../environments.ts");

/**
 * The environment of that name, from `infra/environments.ts` or from the file that `PENSTOCK_ENVIRONMENTS` names:
 * a module whose default export is the environments by name.
 *
 * @throws ConfigError when the file can't be read, or says something that can't be
 */
export async function loadEnvironment(
  name: string,
  variables: Readonly<Record<string, string | undefined>> = process.env,
): Promise<EnvironmentConfig> {
  const named = variables.PENSTOCK_ENVIRONMENTS;
  const file = named ? resolve(named) : ownFile;
  const environments = await environmentsIn(file);
  try {
    return environmentNamed(
      name,
      environments,
      pipelines.map((pipeline) => pipeline.name),
    );
  } catch (error) {
    throw error instanceof ConfigError ? new ConfigError(`${fromHere(file)}: ${error.message}`) : error;
  }
}

/** As somebody would type it. */
function fromHere(file: string): string {
  const path = relative(process.cwd(), file);
  return path.startsWith("..") ? file : path;
}

async function environmentsIn(file: string): Promise<Readonly<Record<string, unknown>>> {
  let module: { readonly default?: unknown };
  try {
    module = await import(pathToFileURL(file).href);
  } catch (error) {
    throw new ConfigError(
      `${fromHere(file)}: can't be loaded: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  if (typeof module.default !== "object" || module.default === null) {
    throw new ConfigError(`${fromHere(file)}: expected a default export with the environments by name`);
  }
  return module.default as Readonly<Record<string, unknown>>;
}
