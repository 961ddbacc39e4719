import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { type Bundle, bundleApp } from "@penstock/toolchain/bundle.ts";
import { toolchain } from "@penstock/toolchain/paths.ts";

const app = join(toolchain.repository, "apps/simulate");
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

test("each pipeline whose source is simulated has a bundle below 620 KB", () => {
  expect(bundles.map(({ pipeline }) => pipeline)).toContain("parks");
  for (const { pipeline, bytes } of bundles)
    expect({ pipeline, small: bytes < 620_000 }).toEqual({ pipeline, small: true });
});

test("built twice, it is the same to the byte", async () => {
  for (const { file } of await bundleApp({ app, pipelines: planted, out: join(folder, "twice") })) {
    const first = bundles.find(({ pipeline }) => pipeline === "parks")?.file ?? "";
    expect(await readFile(file)).toEqual(await readFile(first));
  }
});

test("it puts the file of the interval that is over, once", async () => {
  const file = bundles.find(({ pipeline }) => pipeline === "parks")?.file ?? "";
  const lake = join(folder, "lake");
  const script = `
    const { handler } = await import(${JSON.stringify(file)});
    await handler({ time: "2026-11-28T21:07:31Z" });
    await handler({ time: "2026-11-28T21:05:00Z" });
    await handler({ time: "soon" }).catch(() => {});`;
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    ["--input-type=module", "--eval", script],
    { env: { LAKE_URL: `${pathToFileURL(lake).href}/` } },
  );
  const key = `raw/parks/${Date.parse("2026-11-28T21:00:00Z")}.json`;
  const done = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(done.map(({ key: of, written }) => [of, written])).toEqual([
    [key, true],
    [key, false],
  ]);
  expect(JSON.parse(stderr)).toMatchObject({ level: "ERROR", cause: "no instant: soon" });
  expect(await readFile(join(lake, key), "utf8")).toBe("[]\n");
});
