import { join } from "node:path";
import { fingerprint } from "@penstock/toolchain/fingerprint.ts";
import { toolchain } from "@penstock/toolchain/paths.ts";

/** The packages whose code the daemon has loaded. */
const packages = ["contracts", "workflows", "lake", "pipelines", "local", "toolchain"];

/** Changes when the daemon's own code does: a daemon of another build is replaced when it has nothing to do. */
export function build(): string {
  const folders = packages.map((name) => join(toolchain.repository, "packages", name));
  return fingerprint(folders, (name) => /\.(ts|py)$/.test(name) && !/\.test\.ts$/.test(name));
}
