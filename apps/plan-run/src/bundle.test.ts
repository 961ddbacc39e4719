import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { type Bundle, bundleApp } from "@penstock/toolchain/bundle.ts";
import { toolchain } from "@penstock/toolchain/paths.ts";

const pipelines = join(toolchain.repository, "packages/pipelines");
const app = join(toolchain.repository, "apps/plan-run");

let folder: string;
let bundles: Bundle[];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "penstock-bundle-"));
  bundles = await bundleApp({ app, pipelines, out: join(folder, "once") });
});
afterAll(() => rm(folder, { recursive: true }));

test("each pipeline has a bundle below 620 KB", () => {
  expect(bundles.length).toBeGreaterThan(0);
  for (const { pipeline, bytes } of bundles)
    expect({ pipeline, small: bytes < 620_000 }).toEqual({ pipeline, small: true });
});

test("built twice, it is the same to the byte", async () => {
  const again = await bundleApp({ app, pipelines, out: join(folder, "twice") });
  for (const [at, { file }] of bundles.entries()) {
    expect(await readFile(again[at]?.file ?? "")).toEqual(await readFile(file));
  }
});

test("of its pipeline's folder it holds no more than it needs, and of others nothing", () => {
  for (const { pipeline, inputs } of bundles) {
    const folders = inputs.flatMap((path) => /packages\/pipelines\/(.*)/.exec(path)?.[1] ?? []);
    expect(folders.filter((path) => !path.startsWith(`${pipeline}/`))).toEqual([]);
    expect(folders.filter((path) => /generator|sample|golden|test/.test(path))).toEqual([]);
  }
});

test("it loads in a process of its own, without an environment", async () => {
  for (const { file } of bundles) {
    const script = `import(${JSON.stringify(file)}).then(({ handler }) => console.log(typeof handler))`;
    const { stdout } = await promisify(execFile)(process.execPath, ["--eval", script], { env: {} });
    expect(stdout).toBe("function\n");
  }
});
