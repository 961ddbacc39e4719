/** What is generated is as the formatters and linters of the repository want it, without being put through them. */

import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { toolchain } from "@penstock/toolchain/paths.ts";

const golden = join(import.meta.dirname, "../golden");
const root = mkdtempSync(join(tmpdir(), "penstock-format-"));
const pathsOf = (ending: string) => files.map(({ path }) => path).filter((path) => path.endsWith(ending));

const files = readFileSync(join(golden, "parking/expected.txt"), "utf8")
  .split(/^=== /m)
  .slice(1)
  .map((part) => ({
    path: part.slice(0, part.indexOf("\n")),
    text: `${part.slice(part.indexOf("\n") + 1).trimEnd()}\n`,
  }));

beforeAll(() => {
  for (const name of ["biome.json", ".gitignore", "glue-scripts/pyproject.toml"]) {
    cpSync(join(toolchain.repository, name), join(root, name));
  }
  for (const { path, text } of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

it("TypeScript passes biome", () => {
  const biome = join(toolchain.repository, "node_modules/.bin/biome");
  expect(pathsOf(".ts").length).toBeGreaterThan(3);
  expect(run(biome, ["check", "--vcs-enabled=false", "--error-on-warnings", ...pathsOf(".ts")])).toBe("");
});

it("Python passes ruff", () => {
  const ruff = join(dirname(toolchain.python), "ruff");
  expect(pathsOf(".py")).toHaveLength(1);
  expect(run(ruff, ["format", "--diff", ...pathsOf(".py")])).toBe("");
  expect(run(ruff, ["check", ...pathsOf(".py")])).toBe("");
});

/** What the command complains of; nothing when it ends well. */
function run(command: string, args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd: root, encoding: "utf8" });
  return status === 0 ? "" : `${error ?? ""}${stdout}${stderr}`;
}
