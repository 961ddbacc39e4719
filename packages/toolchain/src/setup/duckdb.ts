import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { toolchain } from "../paths.ts";
import { sitePackages } from "./spark-home.ts";
import type { Step } from "./step.ts";

const requirements = join(import.meta.dirname, "../../python/requirements.txt");

/** DuckDB names its platforms so. */
const platform = () => {
  const system = process.platform === "darwin" ? "osx" : process.platform;
  return `${system}_${process.arch === "x64" ? "amd64" : process.arch}`;
};

/** DuckDB's signed extensions, moved from their PyPI packages to where DuckDB looks for them. */
export const duckdbExtensions: Step = {
  name: "duckdb",
  title: "DuckDB extensions",
  madeFrom: () => readFileSync(requirements, "utf8"),
  result: toolchain.duckdbExtensions,
  run: async (report) => {
    rmSync(toolchain.duckdbExtensions, { recursive: true, force: true });
    const site = sitePackages();
    const packages = readdirSync(site).filter((n) => /^duckdb_extension_\w+$/.test(n));
    for (const name of packages) {
      for (const version of readdirSync(join(site, name, "extensions"))) {
        const target = join(toolchain.duckdbExtensions, version, platform());
        mkdirSync(target, { recursive: true });
        cpSync(join(site, name, "extensions", version), target, { recursive: true });
      }
      report(name.replace("duckdb_extension_", ""));
    }
  },
};
