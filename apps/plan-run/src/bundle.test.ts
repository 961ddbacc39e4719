import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { sharedNames } from "@penstock/lake/names.ts";
import { ledgerTable } from "@penstock/lake/tables.ts";
import { startDynamo } from "@penstock/lake/testing/dynamo.ts";
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

test("it answers with nothing but its environment: an empty lake gives nothing to do", async () => {
  const dynamo = await startDynamo();
  try {
    const ledger = sharedNames({ name: "local" }).ledger;
    await dynamo.create(ledgerTable(ledger));
    for (const { pipeline, file } of bundles) {
      const request = { action: "claim", execution: "arn:e1", event: {} };
      const script = `
        const { handler } = await import(${JSON.stringify(file)});
        await handler(${JSON.stringify(request)});
        await handler({ action: "guess" }).catch(() => {});`;
      const { stdout, stderr } = await promisify(execFile)(
        process.execPath,
        ["--input-type=module", "--eval", script],
        {
          env: {
            AWS_ENDPOINT_URL: dynamo.endpoint,
            AWS_REGION: "eu-west-1",
            AWS_ACCESS_KEY_ID: "test",
            AWS_SECRET_ACCESS_KEY: "test",
            ENVIRONMENT: "local",
            DATABASE: "penstock",
            LEDGER_TABLE: ledger,
            LAKE_URL: `${pathToFileURL(folder).href}/lake/`,
          },
        },
      );
      expect(JSON.parse(stdout)).toMatchObject({
        level: "INFO",
        message: "claim done",
        pipeline,
        action: "claim",
        execution: "arn:e1",
        outcome: "nothing",
      });
      expect(JSON.parse(stderr)).toMatchObject({ level: "ERROR", pipeline, cause: 'no action "guess"' });
    }
  } finally {
    await dynamo.close();
  }
});
