import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { fileObjects } from "@penstock/lake/file-objects.ts";
import { readJson, writeJson } from "@penstock/lake/objects.ts";
import { type Bundle, bundleApp } from "@penstock/toolchain/bundle.ts";
import { toolchain } from "@penstock/toolchain/paths.ts";

const app = join(toolchain.repository, "apps/validate");
/** A pipeline that is always there, whatever the repository's own do. */
const planted = join(app, "fixtures/pipelines");
const own = join(toolchain.repository, "packages/pipelines");

let folder: string;
let bundles: Bundle[];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "penstock-bundle-"));
  bundles = [
    ...(await bundleApp({ app, pipelines: planted, out: join(folder, "planted") })),
    ...(await bundleApp({ app, pipelines: own, out: join(folder, "own") })),
  ];
});
afterAll(() => rm(folder, { recursive: true }));

test("each pipeline that validates its files has a bundle below 620 KB", () => {
  expect(bundles.map(({ pipeline }) => pipeline)).toContain("orders");
  for (const { pipeline, bytes } of bundles)
    expect({ pipeline, small: bytes < 620_000 }).toEqual({ pipeline, small: true });
});

test("a pipeline that doesn't has none", async () => {
  const pipelines = join(folder, "pipelines");
  await mkdir(join(pipelines, "plain/generated"), { recursive: true });
  await writeFile(join(pipelines, "plain/pipeline.ts"), "export default {};\n");
  await writeFile(join(pipelines, "plain/generated/functions.json"), JSON.stringify(["plan-run"]));
  expect(await bundleApp({ app, pipelines, out: join(folder, "plain") })).toEqual([]);
});

test("built twice, it is the same to the byte", async () => {
  const again = await bundleApp({ app, pipelines: planted, out: join(folder, "twice") });
  for (const { pipeline, file } of again) {
    const first = bundles.find((bundle) => bundle.pipeline === pipeline)?.file ?? "";
    expect(await readFile(file)).toEqual(await readFile(first));
  }
});

test("of its pipeline's folder it holds no more than it needs, and of others nothing", () => {
  for (const { pipeline, inputs } of bundles) {
    const folders = inputs.flatMap((path) => /packages\/pipelines\/(.*)/.exec(path)?.[1] ?? []);
    expect(folders.filter((path) => !path.startsWith(`${pipeline}/`))).toEqual([]);
    expect(folders.filter((path) => /generator|sample|golden|test/.test(path))).toEqual([]);
  }
});

test("it answers with nothing but its environment, and logs each file without a value of it", async () => {
  const file = bundles.find(({ pipeline }) => pipeline === "orders")?.file ?? "";
  const lake = fileObjects(join(folder, "lake"));
  const keys = ["raw/orders/good.csv", "raw/orders/bad.csv"] as const;
  await lake.write(keys[0], "order_id,total\n4711,9.99\n");
  await lake.write(keys[1], "4711,ann@example.org\n");
  const files = await Promise.all(
    keys.map(async (key) => {
      const head = await lake.head(key);
      return { ...head, modified: head?.modified.toISOString(), lies_at: key, url: lake.url(key) };
    }),
  );
  const manifest = {
    run_id: "r1",
    pipeline: "orders",
    prefix: "raw/orders/",
    attempt: 1,
    work: { kind: "load" },
  };
  await writeJson(lake, "runs/orders/r1/manifest.json", { ...manifest, undone: [], keep: {}, files });
  const script = `
    const { handler } = await import(${JSON.stringify(file)});
    console.log(JSON.stringify({ answer: await handler({ run_id: "r1" }) }));
    await handler({ run_id: "r2" }).catch(() => {});`;
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    ["--input-type=module", "--eval", script],
    { env: { LAKE_URL: pathToFileURL(`${join(folder, "lake")}/`).href } },
  );
  expect(`${stdout}${stderr}`).not.toMatch(/4711|ann@example/);
  const told = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(told.filter(({ message }) => message === "file validated")).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        pipeline: "orders",
        run_id: "r1",
        key: keys[0],
        size: 25,
        verdict: "accepted",
        profile: "orders",
      }),
      expect.objectContaining({
        level: "WARN",
        key: keys[1],
        verdict: "rejected",
        profile: null,
        reason: expect.stringMatching(/^no name in its first line is known/),
      }),
    ]),
  );
  expect(told.at(-1)).toEqual({
    answer: { valid: 1, rejected: 1, for_job: true, manifest: lake.url("runs/orders/r1/valid.json") },
  });
  expect(await readJson(lake, "runs/orders/r1/valid.json")).toMatchObject({ files: [{ key: keys[0] }] });
  expect(JSON.parse(stderr)).toMatchObject({ level: "ERROR", message: "validation failed", run_id: "r2" });
});
