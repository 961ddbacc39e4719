import { join } from "node:path";
import { openObjects } from "@penstock/lake/objects.ts";
import type { Pipeline } from "@penstock/workflows/pipeline.ts";
import { generatorOf, writeSamples } from "./samples.ts";
import type { Laptop } from "./session/laptop.ts";
import { putHistory, simulationOf } from "./simulation.ts";
import { filesNamed, upload } from "./uploads.ts";

/** Enough for every metric to have something to say, and small enough to be done in seconds. */
const sample = { rows: 20_000, seed: 1, faults: {} };

/** A simulated source's past: two days. */
const pastMs = 2 * 86_400_000;

/** Puts the files that a pipeline begins with into the lake, and returns their keys: its samples, or its source's past. */
export async function firstFiles(pipeline: Pipeline, laptop: Laptop): Promise<readonly string[]> {
  const { lakeUrl, home } = laptop;
  const simulation = await simulationOf(pipeline.name);
  if (simulation !== null) {
    const now = Date.now();
    const past = { from: new Date(now - pastMs), to: new Date(now) };
    return (await putHistory(simulation, past, openObjects(lakeUrl))).keys;
  }
  const folder = join(home.scratch, "samples", pipeline.name);
  const samples = filesNamed(await writeSamples(await generatorOf(pipeline.name), sample, folder), pipeline);
  return await upload(samples, { lakeUrl, prefix: pipeline.trigger.prefix });
}
