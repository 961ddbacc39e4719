import { join } from "node:path";
import type { Objects } from "@penstock/lake/objects.ts";
import { pipelines } from "@penstock/pipelines/registry.ts";
import { toolchain } from "@penstock/toolchain/paths.ts";
import type { Simulation } from "@penstock/workflows/simulation.ts";
import { WrongUsage } from "./failure.ts";

/** The simulation of a pipeline's folder; null when it has none. */
export async function simulationOf(pipeline: string): Promise<Simulation | null> {
  const path = join(toolchain.repository, "packages/pipelines", pipeline, "pipeline.ts");
  const { simulation } = (await import(path)) as { readonly simulation?: Simulation };
  return simulation ?? null;
}

/** @throws WrongUsage when it has none, naming those that have */
export async function simulationNamed(pipeline: string): Promise<Simulation> {
  const found = await simulationOf(pipeline);
  if (found !== null) return found;
  const names = pipelines.map(({ name }) => name);
  const having = await Promise.all(names.map(async (name) => ((await simulationOf(name)) ? [name] : [])));
  throw new WrongUsage(
    `${pipeline} simulates nothing; pipelines that do: ${having.flat().join(", ") || "none"}`,
  );
}

/**
 * Puts the files of a simulation into the lake, those that are not there yet, of intervals that are over.
 *
 * @param told is told of each file
 * @returns the keys of all of them, and how many were put
 */
export async function putHistory(
  simulation: Simulation,
  { from, to }: { readonly from: Date; readonly to: Date },
  objects: Pick<Objects, "create">,
  told: (key: string) => void = () => {},
): Promise<{ readonly keys: readonly string[]; readonly written: number }> {
  const keys: string[] = [];
  let written = 0;
  // an interval that is not over has no file yet
  const over = new Date(Date.now() - simulation.everyMinutes * 60_000 + 1);
  for (const { key, text } of simulation.history(from, to < over ? to : over)) {
    if (await objects.create(key, text)) written += 1;
    keys.push(key);
    told(key);
  }
  return { keys, written };
}
