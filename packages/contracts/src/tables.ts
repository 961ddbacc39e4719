import type { Dataset } from "./dataset.ts";

/** The tables of a dataset, all in the environment's one database. */
export interface TableNames {
  /** The Iceberg table people query: one row per primary key. */
  readonly curated: string;
  /** Parquet, one immutable directory per run: the rows accepted, as they were read. */
  readonly cleaned: string;
  /** Iceberg: the rows set aside, with their reasons. */
  readonly quarantine: string;
}

export function tableNames(dataset: Pick<Dataset, "name">): TableNames {
  return {
    curated: dataset.name,
    cleaned: `${dataset.name}_cleaned`,
    quarantine: `${dataset.name}_quarantine`,
  };
}
