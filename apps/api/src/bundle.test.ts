import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { pipelineNames } from "@penstock/lake/names.ts";
import { figuresTable, seriesTable } from "@penstock/lake/tables.ts";
import { startDynamo, type TestDynamo } from "@penstock/lake/testing/dynamo.ts";
import { type Bundle, bundleApp } from "@penstock/toolchain/bundle.ts";
import { toolchain } from "@penstock/toolchain/paths.ts";

const app = join(toolchain.repository, "apps/api");
/** A pipeline that is always there, whatever the repository's own do. */
const planted = join(app, "fixtures/pipelines");
const own = join(toolchain.repository, "packages/pipelines");

let folder: string;
let bundles: Bundle[];
let dynamo: TestDynamo;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "penstock-bundle-"));
  bundles = [
    ...(await bundleApp({ app, pipelines: planted, out: join(folder, "planted") })),
    ...(await bundleApp({ app, pipelines: own, out: join(folder, "own") })),
  ];
  dynamo = await startDynamo();
  const names = pipelineNames({ name: "local" }, "parks");
  const rows = names.series("park_readings");
  await dynamo.create(seriesTable(rows, { key: "site_id", time: "timestamp" }));
  await dynamo.create(figuresTable(names.figures("park_readings"), "site_id"));
  const timestamps = ["2026-11-28T00:00:00Z", "2026-11-28T00:05:00Z"];
  await dynamo.put(
    rows,
    timestamps.map((timestamp) => ({ site_id: { S: "site-alpha" }, timestamp: { S: timestamp } })),
  );
});
afterAll(async () => {
  await dynamo.close();
  await rm(folder, { recursive: true });
});

test("each pipeline that serves a series has a bundle below 420 KB, its documents aside", () => {
  expect(bundles.map(({ pipeline }) => pipeline)).toContain("parks");
  for (const { pipeline, bytes } of bundles)
    expect({ pipeline, small: bytes < 420_000 }).toEqual({ pipeline, small: true });
});

test("built twice, it is the same to the byte, documents included", async () => {
  const again = await bundleApp({ app, pipelines: planted, out: join(folder, "twice") });
  for (const { pipeline, assets } of again) {
    expect(assets).toContain("docs/swagger-ui.css.gz");
    for (const name of ["index.mjs", ...assets]) {
      const [first, second] = ["planted", "twice"].map((out) => readFile(join(folder, out, pipeline, name)));
      expect(Buffer.compare((await first) ?? Buffer.of(), (await second) ?? Buffer.of())).toBe(0);
    }
  }
});

test("what a build before left beside it goes", async () => {
  const out = join(folder, "again");
  await mkdir(join(out, "parks/docs"), { recursive: true });
  await writeFile(join(out, "parks/docs/old.css.gz"), "");
  await bundleApp({ app, pipelines: planted, out });
  const names = await readdir(join(out, "parks"), { recursive: true });
  expect(names).toContain("docs/swagger-ui.css.gz");
  expect(names).not.toContain("docs/old.css.gz");
});

test("of its pipeline's folder it holds no more than it needs, and of others nothing", () => {
  for (const { pipeline, inputs } of bundles) {
    const folders = inputs.flatMap((path) => /packages\/pipelines\/(.*)/.exec(path)?.[1] ?? []);
    expect(folders.filter((path) => !path.startsWith(`${pipeline}/`))).toEqual([]);
    expect(folders.filter((path) => /generator|simulat|sample|golden|test/.test(path))).toEqual([]);
  }
});

interface Answer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

/** What the function answers to a request as API Gateway hands it over, in a process of its own. */
async function answered(
  rawPath: string,
  more: {
    readonly query?: string;
    readonly headers?: object;
    readonly method?: string;
    readonly body?: string;
  } = {},
): Promise<Answer> {
  const event = {
    version: "2.0",
    routeKey: "$default",
    rawPath,
    rawQueryString: more.query ?? "",
    headers: { host: "api.test", ...more.headers },
    requestContext: { domainName: "api.test", http: { method: more.method ?? "GET", path: rawPath } },
    ...(more.body === undefined ? {} : { body: more.body }),
    isBase64Encoded: false,
  };
  const file = bundles.find(({ pipeline }) => pipeline === "parks")?.file ?? "";
  const script = `
    const { handler } = await import(${JSON.stringify(file)});
    console.log(JSON.stringify(await handler(${JSON.stringify(event)})));`;
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", script], {
    maxBuffer: 2 ** 24,
    env: {
      AWS_ENDPOINT_URL: dynamo.endpoint,
      AWS_REGION: "eu-west-1",
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      ENVIRONMENT: "local",
    },
  });
  return JSON.parse(stdout) as Answer;
}

test("it answers with nothing but its environment", async () => {
  const records = await answered("/records/site-alpha", { query: "limit=1&order=desc" });
  expect(records).toMatchObject({ statusCode: 200, isBase64Encoded: false });
  expect(records.headers).toMatchObject({ "content-type": "application/json; charset=utf-8" });
  expect(JSON.parse(records.body)).toMatchObject({
    site_id: "site-alpha",
    records: [{ timestamp: "2026-11-28T00:05:00Z", energy_generated_kwh: null, anomaly: false }],
    next_cursor: expect.any(String),
  });
});

test("what is compressed goes out in Base64", async () => {
  for (const [path, expected] of [
    ["/docs", "<!doctype html>"],
    ["/docs/swagger-ui.css", ".swagger-ui"],
    ["/docs/swagger-ui-bundle.js", "swagger-ui-bundle.js"],
    ["/openapi.json", '"openapi": "3.1.0"'],
  ] as const) {
    const asset = await answered(path, { headers: { "accept-encoding": "gzip" } });
    expect(asset).toMatchObject({ statusCode: 200, isBase64Encoded: true });
    expect(gunzipSync(Buffer.from(asset.body, "base64")).toString()).toContain(expected);
  }
  const image = await answered("/docs/favicon-32x32.png");
  expect(image).toMatchObject({
    statusCode: 200,
    isBase64Encoded: true,
    headers: { "content-type": "image/png" },
  });
});

test("what API Gateway has unescaped asks for nothing else than it did", async () => {
  expect((await answered("/records/site-alpha#b")).statusCode).toBe(404);
  expect((await answered("/records/site-alpha?limit=0")).statusCode).toBe(404);
  expect((await answered("/records/<script>")).statusCode).toBe(404);
  expect((await answered("/records/%")).statusCode).toBe(404);
  expect((await answered("/sites", { method: "POST", body: "{}" })).statusCode).toBe(405);
  expect((await answered("/sites", { body: "{}" })).statusCode).toBe(200);
});
