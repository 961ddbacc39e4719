import { readdirSync } from "node:fs";
import { join } from "node:path";
import { toolchain } from "../paths.ts";

/** The project's own site-packages folder. Throws when the environment is not there. */
export function sitePackages(): string {
  const lib = join(toolchain.root, "python", "lib");
  const python = readdirSync(lib).find((name) => name.startsWith("python3"));
  if (python === undefined) throw new Error(`no Python in ${lib}`);
  return join(lib, python, "site-packages");
}

/** Where pyspark lies in the project's own environment. */
export const sparkHome = (): string => join(sitePackages(), "pyspark");
