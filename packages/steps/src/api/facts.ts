/** What the API of a series goes by: a pipeline's facts, as far as a request needs them. */

import type { Column } from "@penstock/contracts/column.ts";
import { servedDataset } from "@penstock/workflows/openapi/served-dataset.ts";
import type { Pipeline } from "@penstock/workflows/pipeline.ts";
import type { Serves } from "@penstock/workflows/series.ts";

export interface ApiFacts {
  readonly pipeline: string;
  readonly serves: Serves;
  /** The columns of a row, in the order they are told. */
  readonly columns: readonly (readonly [name: string, kind: Column["kind"]])[];
  /** The values of the series' key, in the order they are told. */
  readonly ids: readonly string[];
}

/** @throws Error when the pipeline serves nothing */
export function apiFacts(pipeline: Pipeline): ApiFacts {
  const { name, serves } = pipeline;
  if (serves === undefined) throw new Error(`the pipeline ${name} serves nothing`);
  const { columns } = servedDataset(pipeline, serves);
  return {
    pipeline: name,
    serves,
    columns: Object.entries(columns).map(([column, { kind }]) => [column, kind] as const),
    ids: serves.keys.items.map((item) => String(item[serves.series.key])),
  };
}
