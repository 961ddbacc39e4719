import { pipelines } from "@penstock/pipelines/registry.ts";
import type { Pipeline } from "@penstock/workflows/pipeline.ts";
import { distance } from "fastest-levenshtein";
import { WrongUsage } from "./failure.ts";

const nearest = (name: string, known: readonly string[]): string | undefined =>
  known.toSorted((a, b) => distance(name, a) - distance(name, b))[0];

/** The pipeline of that name. @throws WrongUsage with the nearest name */
export function pipelineNamed(name: string): Pipeline {
  const found = pipelines.find((pipeline) => pipeline.name === name);
  if (found !== undefined) return found;
  const known = pipelines.map((pipeline) => pipeline.name);
  throw new WrongUsage(
    `there is no pipeline ${JSON.stringify(name)}; did you mean ${nearest(name, known)}? Known: ${known.join(", ")}`,
  );
}

/** The pipeline that holds a dataset of that name. @throws WrongUsage with the nearest name, or a pipeline's datasets */
export function pipelineOfDataset(name: string): Pipeline {
  const found = pipelines.find((pipeline) => pipeline.datasets.some((dataset) => dataset.name === name));
  if (found !== undefined) return found;
  const named = pipelines.find((pipeline) => pipeline.name === name);
  if (named !== undefined) {
    const its = named.datasets.map((dataset) => dataset.name);
    throw new WrongUsage(`${name} is a pipeline; name a dataset of it: ${its.join(", ")}`);
  }
  const known = pipelines.flatMap((pipeline) => pipeline.datasets.map((dataset) => dataset.name));
  throw new WrongUsage(
    `there is no dataset ${JSON.stringify(name)}; did you mean ${nearest(name, known)}? Known: ${known.join(", ")}`,
  );
}
