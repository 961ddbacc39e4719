import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { fileObjects } from "@penstock/lake/file-objects.ts";
import { functionSettings, local, pipelineNames } from "@penstock/lake/names.ts";
import { figuresTable, seriesTable } from "@penstock/lake/tables.ts";
import { startDynamo } from "@penstock/lake/testing/dynamo.ts";
import { type Bundle, bundleApp } from "@penstock/toolchain/bundle.ts";
import { toolchain } from "@penstock/toolchain/paths.ts";

const app = join(toolchain.repository, "apps/process");
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

test("each pipeline that processes what arrives has a bundle below 620 KB", () => {
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

test("of its pipeline's folder it holds no more than it needs, and of others nothing", () => {
  for (const { pipeline, inputs } of bundles) {
    const folders = inputs.flatMap((path) => /packages\/pipelines\/(.*)/.exec(path)?.[1] ?? []);
    expect(folders.filter((path) => !path.startsWith(`${pipeline}/`))).toEqual([]);
    expect(folders.filter((path) => /simulat|charts|sample|golden|test/.test(path))).toEqual([]);
  }
});

test("with nothing but its environment it takes an object's event: rows, figures, a notice", async () => {
  const dynamo = await startDynamo();
  const published: string[] = [];
  // SNS: what matters here is that it was asked
  const sns = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => {
      published.push(new URLSearchParams(body).get("Subject") ?? "");
      response.end(
        "<PublishResponse><PublishResult><MessageId>m</MessageId></PublishResult></PublishResponse>",
      );
    });
  });
  await new Promise<void>((resolve) => sns.listen(0, "127.0.0.1", resolve));
  try {
    const names = pipelineNames(local, "parks");
    await dynamo.create(seriesTable(names.series("park_readings"), { key: "site_id", time: "timestamp" }));
    await dynamo.create(figuresTable(names.figures("park_readings"), "site_id"));
    const lake = join(folder, "lake");
    const reading = { site_id: "site-alpha", timestamp: "2026-11-28T21:05:00Z", energy_consumed_kwh: 0 };
    await fileObjects(lake).write(
      "raw/parks/1.json",
      JSON.stringify([{ ...reading, energy_generated_kwh: -1 }]),
    );
    const event = { "detail-type": "Object Created", detail: { object: { key: "raw/parks/1.json" } } };
    const file = bundles.find(({ pipeline }) => pipeline === "parks")?.file ?? "";
    const script = `
      const { handler } = await import(${JSON.stringify(file)});
      await handler(${JSON.stringify(event)});`;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ["--input-type=module", "--eval", script],
      {
        env: {
          ...functionSettings(local, "parks", `${pathToFileURL(lake).href}/`),
          AWS_ENDPOINT_URL: dynamo.endpoint,
          AWS_ENDPOINT_URL_SNS: `http://127.0.0.1:${(sns.address() as AddressInfo).port}`,
          AWS_REGION: local.region,
          AWS_ACCESS_KEY_ID: "test",
          AWS_SECRET_ACCESS_KEY: "test",
        },
      },
    );
    const lines = stdout.trim().split("\n");
    expect(lines.map((line) => JSON.parse(line))).toContainEqual(
      expect.objectContaining({
        message: "rows processed",
        pipeline: "parks",
        file: "raw/parks/1.json",
        outcome: "processed",
        written: 1,
        anomalies: 1,
      }),
    );
    expect(await dynamo.dump(names.series("park_readings"))).toMatchObject([
      { site_id: "site-alpha", anomaly: true, anomaly_reasons: ["negative"] },
    ]);
    expect((await dynamo.dump(names.figures("park_readings"))).map(({ period }) => period).sort()).toEqual([
      "all",
      "day#2026-11-28",
      "month#2026-11",
      "year#2026",
    ]);
    expect(published).toEqual(["parks: 1 anomaly"]);
  } finally {
    sns.close();
    await dynamo.close();
  }
});
