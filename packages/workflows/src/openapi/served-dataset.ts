import type { Dataset } from "@penstock/contracts/dataset.ts";
import { ContractError } from "@penstock/contracts/errors.ts";
import type { Pipeline } from "../pipeline.ts";
import type { Serves } from "../series.ts";

/** The dataset whose rows a pipeline serves. @throws ContractError when it has none of that name */
export function servedDataset({ name, datasets }: Pipeline, serves: Serves): Dataset {
  const found = datasets.find((dataset) => dataset.name === serves.series.dataset);
  if (found !== undefined) return found;
  throw new ContractError({
    problem: `a series of the pipeline "${name}"`,
    found: serves.series.dataset,
    expected: "one of its datasets",
    known: datasets.map((dataset) => dataset.name),
  });
}
