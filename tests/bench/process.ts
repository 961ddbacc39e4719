import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { local, pipelineNames } from "@penstock/lake/names.ts";
import { openObjects } from "@penstock/lake/objects.ts";
import { connect, stop } from "@penstock/local/client.ts";
import { homeAt } from "@penstock/local/home.ts";
import { pipelines } from "@penstock/pipelines/registry.ts";
import type { Simulation } from "@penstock/workflows/simulation.ts";
import { type Figure, median } from "./measure.ts";

const readings = 10_000;

/** One file of 10,000 readings, through the function that processes what arrives, into the local DynamoDB. */
export async function manyReadings(say: (line: string) => void): Promise<Figure[]> {
  for (const { name, serves, trigger } of pipelines) {
    const simulation = serves === undefined ? undefined : await simulationOf(name);
    if (simulation === undefined) continue;
    const times: number[] = [];
    const peaks: number[] = [];
    for (let round = 0; round < 3; round++) {
      const { seconds, megabytes } = await processed(name, trigger.prefix, textOf(simulation));
      say(`  ${seconds.toFixed(2)} s, ${megabytes} MB`);
      times.push(seconds);
      peaks.push(megabytes);
    }
    return [
      {
        what: "10,000 readings in one file, arrival to served",
        measured: `${median(times).toFixed(2)} s`,
        bound: "under 3 s",
        met: median(times) < 3,
      },
      {
        what: "memory of the function that takes them",
        measured: `${Math.max(...peaks)} MB`,
        bound: "under 256 MB",
        met: Math.max(...peaks) < 256,
      },
    ];
  }
  return [];
}

async function simulationOf(pipeline: string): Promise<Simulation | undefined> {
  const folder = (await import(`@penstock/pipelines/${pipeline}/pipeline.ts`)) as { simulation?: Simulation };
  return folder.simulation;
}

function textOf(simulation: Simulation): string {
  const all: unknown[] = [];
  for (const { text } of simulation.history(new Date("2026-01-01"), new Date("2026-02-01"))) {
    all.push(...(JSON.parse(text) as unknown[]));
    if (all.length >= readings) break;
  }
  return JSON.stringify(all.slice(0, readings));
}

/** In a home of its own, with a function that has not run yet. */
async function processed(pipeline: string, prefix: string, text: string) {
  const home = mkdtempSync(join(tmpdir(), "penstock-bench-"));
  try {
    // no Spark that starts beside it
    process.env.PENSTOCK_SPARK = "lazy";
    const { url } = await connect({ home }).finally(() => delete process.env.PENSTOCK_SPARK);
    // outside of what starts functions by itself: its name does not end as theirs do
    const key = `${prefix}bench.jsn`;
    await openObjects(pathToFileURL(`${homeAt(home).lake}/`).href).write(key, text);
    const credentials = { accessKeyId: "local", secretAccessKey: "local" };
    const client = new LambdaClient({ endpoint: url, region: local.region, credentials, maxAttempts: 1 });
    const event = { "detail-type": "Object Created", detail: { bucket: { name: "lake" }, object: { key } } };
    const began = performance.now();
    const answer = await client.send(
      new InvokeCommand({
        FunctionName: pipelineNames(local, pipeline).function("process"),
        Payload: Buffer.from(JSON.stringify(event)),
        LogType: "Tail",
      }),
    );
    const seconds = (performance.now() - began) / 1000;
    const told = Buffer.from(answer.Payload ?? []).toString();
    if (answer.FunctionError !== undefined) throw new Error(told);
    const log = Buffer.from(answer.LogResult ?? "", "base64").toString();
    return { seconds, megabytes: Number(/Max Memory Used: (\d+)/.exec(log)?.[1]) };
  } finally {
    await stop(homeAt(home));
    rmSync(home, { recursive: true, force: true });
  }
}
