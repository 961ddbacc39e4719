import { createHash } from "node:crypto";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { toolchain } from "@penstock/toolchain/paths.ts";

/** The packages whose code the daemon has loaded. */
const packages = ["contracts", "workflows", "lake", "pipelines", "local", "toolchain"];

/** Changes when the daemon's own code does: a daemon of another build is replaced when it has nothing to do. */
export function build(): string {
  const hash = createHash("sha256");
  for (const name of packages) {
    const folder = join(toolchain.repository, "packages", name);
    for (const path of sources(folder)) {
      const { mtimeMs, size } = statSync(path);
      hash.update(`${path} ${mtimeMs} ${size}\n`);
    }
  }
  return hash.digest("hex").slice(0, 16);
}

function sources(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return entry.name === "node_modules" ? [] : sources(path);
      const isSource = /\.(ts|py)$/.test(entry.name) && !/\.test\.ts$/.test(entry.name);
      return isSource ? [path] : [];
    });
}
