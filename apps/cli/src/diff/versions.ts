import type { Dataset } from "@penstock/contracts/dataset.ts";
import { tableNames } from "@penstock/contracts/tables.ts";
import type { Run } from "@penstock/lake/ledger-entries.ts";

/** The snapshot of each table by its name, as text; null where it had none yet. */
export type Versions = Readonly<Record<string, string | null>>;

/** The tables as they were when a run had published. */
export function versionsAfter(run: Run, datasets: readonly Dataset[]): Versions {
  return Object.fromEntries(
    datasets.map((dataset) => [tableNames(dataset).curated, run.datasets[dataset.name]?.snapshot_id ?? null]),
  );
}

/** Some columns of a table at a snapshot, in Athena SQL. */
export function selectAt(columns: string, table: string, snapshot: string | null): string {
  return snapshot === null
    ? `SELECT ${columns} FROM ${table} WHERE false`
    : `SELECT ${columns} FROM ${table} FOR VERSION AS OF ${snapshot}`;
}

/**
 * A query on the tables as they were. Each table's name stands for its version: the name of a WITH query is not yet
 * known inside of itself, where it is the table's.
 */
export function queryAt(sql: string, versions: Versions): string {
  const tables = Object.entries(versions).map(
    ([table, snapshot]) => `${table} AS (${selectAt("*", table, snapshot)})`,
  );
  return `WITH ${tables.join(",\n")}\nSELECT * FROM (\n${sql.trim()}\n) AS query_then`;
}
