/** A small repository of one pipeline, `meters`, whose functions an object, the clock and requests start. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** What the repository's schedule may be, and still be seen by a test. */
export const everySeconds = 1;

/** Writes the repository into `root`. */
export function writeFunctionRepository(root: string): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
}

const machine = { StartAt: "Nothing", States: { Nothing: { Type: "Pass", End: true } } };

const files: Readonly<Record<string, string>> = {
  "packages/pipelines/registry.ts": `
    const limits = { timeoutSeconds: 30, memoryMb: 256, reads: [], writes: [] };
    const functions = [
      { app: "record", by: { kind: "objects", prefix: "raw/meters/", suffix: ".json" }, ...limits },
      { app: "tick", by: { kind: "schedule", everyMinutes: ${everySeconds / 60} }, ...limits },
      { app: "answer", by: { kind: "http" }, ...limits, memoryMb: 128, timeoutSeconds: 10 },
    ];
    const trigger = { prefix: "raw/meters/", objects: false, sweep: "hourly", maintenance: "weekly" };
    export const pipelines = [{ name: "meters", description: "", datasets: [], trigger, functions, workflow: {}, lookups: [], queries: {} }];
  `,
  "packages/pipelines/meters/generated/workflow.asl.json": JSON.stringify(machine),
  // notes each attempt in the lake, then does what the file says
  "apps/record/dist/meters/index.mjs": `
    import { appendFileSync, readFileSync } from "node:fs";
    import { fileURLToPath } from "node:url";
    const lake = fileURLToPath(process.env.LAKE_URL);
    export async function handler({ detail }) {
      const { key } = detail.object;
      appendFileSync(lake + "recorded.ndjson", JSON.stringify({ key, pid: process.pid }) + "\\n");
      const told = JSON.parse(readFileSync(lake + key, "utf8"));
      if (told.fail) throw Object.assign(new Error(told.fail), { name: "RecordError" });
      if (told.sleep) await new Promise((done) => setTimeout(done, told.sleep));
      appendFileSync(lake + "done.ndjson", JSON.stringify({ key }) + "\\n");
    }
  `,
  // puts an object, as a simulator does, and talks to the daemon
  "apps/tick/dist/meters/index.mjs": `
    import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
    import { fileURLToPath } from "node:url";
    const lake = fileURLToPath(process.env.LAKE_URL);
    export async function handler({ time }) {
      appendFileSync(lake + "ticked.ndjson", JSON.stringify({ time, at: new Date() }) + "\\n");
      mkdirSync(lake + "raw/meters", { recursive: true });
      writeFileSync(lake + "raw/meters/" + time.replaceAll(":", "") + ".json", '{"sleep":700}');
      const credential = "AWS4-HMAC-SHA256 Credential=" + process.env.AWS_ACCESS_KEY_ID + "/20261128/eu-west-1/sqs/aws4_request";
      const headers = { "x-amz-target": "AmazonSQS.ListQueues", authorization: credential };
      const answer = await fetch(process.env.AWS_ENDPOINT_URL, { method: "POST", headers, body: "{}" });
      if (!answer.ok) throw new Error(await answer.text());
      await new Promise((done) => setTimeout(done, 700));
    }
  `,
  "apps/answer/dist/meters/index.mjs": `
    export async function handler(event) {
      const { AWS_LAMBDA_FUNCTION_MEMORY_SIZE: memory } = process.env;
      if (event.rawPath === "/fail") throw new Error("no");
      if (event.rawPath === "/large") return "x".repeat(6_300_000);
      return { statusCode: 201, headers: { "x-memory": memory }, body: event.rawPath + "?" + event.rawQueryString };
    }
  `,
};
