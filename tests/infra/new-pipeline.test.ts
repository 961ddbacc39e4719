/** A new pipeline is a new folder: made by copying one and renaming it, generated, synthesised, and nothing else. */

import {
  cpSync,
  existsSync,
  globSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import { copyRepository, type RepositoryCopy } from "../support/repository-copy.ts";

jest.setTimeout(180_000);

const original = "charging-sessions";
const renamed = "depot-sessions";

let copy: RepositoryCopy;
let folder: string;
beforeAll(() => {
  copy = copyRepository();
  folder = join(copy.root, "packages/pipelines", renamed);
  copyRenamed(join(copy.root, "packages/pipelines", original), folder);
});
afterAll(() => copy.remove());

test("a folder that was not generated from is not left out silently", async () => {
  const { exitCode, stderr } = await copy.node(["infra/src/main.ts", "dev"]);
  expect([exitCode, stderr]).toEqual([
    1,
    `packages/pipelines/${renamed} is not in packages/pipelines/registry.ts: run pnpm generate`,
  ]);
});

test.each([renamed, original])("without its contract %s is named, registered or not", async (name) => {
  const file = join(copy.root, "packages/pipelines", name, "contract.ts");
  const contract = readFileSync(file, "utf8");
  rmSync(file);
  for (const words of [
    ["apps/cli/src/main.ts", "generate"],
    ["infra/src/main.ts", "dev"],
    ["apps/cli/src/main.ts", "deploy", "--env", "dev"],
  ]) {
    const { exitCode, stderr } = await copy.node(words);
    const last = stderr
      .split("\n")
      .at(-1)
      ?.replace(/^failed: /, "");
    expect([words, exitCode, last]).toEqual([words, 1, `packages/pipelines/${name} has no contract.ts`]);
  }
  writeFileSync(file, contract);
});

test("a registered folder that is gone is named, with what takes it out of the registry", async () => {
  const there = join(copy.root, "packages/pipelines", original);
  renameSync(there, `${copy.root}/aside`);
  const { exitCode, stderr } = await copy.node(["apps/cli/src/main.ts", "deploy", "--env", "dev"]);
  renameSync(`${copy.root}/aside`, there);
  const told = `packages/pipelines/${original} is gone, and packages/pipelines/registry.ts still names it`;
  expect([exitCode, stderr]).toEqual([1, `failed: ${told}: run pnpm generate`]);
});

test("generated, built and synthesised, it has all that the original has, by its own names", async () => {
  expect(await copy.node(["apps/cli/src/main.ts", "generate"])).toMatchObject({ exitCode: 0 });
  await Promise.all(
    globSync("apps/*/src/index.ts", { cwd: copy.root }).map(async (app) => {
      const cwd = join(copy.root, dirname(dirname(app)));
      const bundled = await copy.node([join(copy.root, "packages/toolchain/src/bundle.ts")], cwd);
      expect(bundled).toMatchObject({ exitCode: 0, stderr: "" });
    }),
  );
  expect(await copy.node(["infra/src/main.ts", "dev"])).toMatchObject({ exitCode: 0, stderr: "" });
  for (const stack of ["dev-storage", "dev-pipelines"]) {
    const text = readFileSync(join(copy.root, "infra/cdktf.out/stacks", stack, "cdk.tf.json"), "utf8");
    const own = addresses(text, renamed);
    expect(own.length).toBeGreaterThan(5);
    expect(own).toEqual(addresses(text, original).map(asRenamed).sort());
  }
});

/** The resources of a pipeline, without the hashes that end their names. */
function addresses(text: string, pipeline: string): string[] {
  const { resource }: { resource: Record<string, Record<string, unknown>> } = JSON.parse(text);
  return Object.entries(resource)
    .flatMap(([type, byId]) => Object.keys(byId).map((id) => `${type}.${id.replace(/_[0-9A-F]{8}$/, "")}`))
    .filter((address) => address.includes(`.pipelines_${pipeline}_`))
    .sort();
}

/** What somebody would type who renames a pipeline, its datasets and where its files are dropped. */
function asRenamed(text: string): string {
  return text
    .replaceAll(original, renamed)
    .replaceAll("ev_sessions", "depot_files")
    .replaceAll(/(?<![a-z])charging_sessions/g, "depot_sessions")
    .replaceAll(/(?<![a-z])sites(?![a-z])/g, "depot_sites");
}

function copyRenamed(from: string, to: string): void {
  cpSync(from, to, { recursive: true, filter: (path) => !/\/(generated|golden|samples)$/.test(path) });
  for (const entry of readdirSync(to, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    writeFileSync(path, asRenamed(readFileSync(path, "utf8")));
    renameSync(path, join(dirname(path), asRenamed(basename(path))));
  }
  if (!existsSync(join(to, "pipeline.ts"))) throw new Error(`${to}: nothing was copied`);
}
