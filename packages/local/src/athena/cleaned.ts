/** The cleaned Parquet of a dataset: a folder for each run, whose name is the column `run`. */

import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { described, type Instants } from "./described.ts";
import { AthenaError } from "./errors.ts";
import { folders } from "./folders.ts";
import type { TableSource } from "./scope.ts";
import { timestamp } from "./type.ts";
import { quote } from "./value.ts";

/** Athena reads Parquet's timestamps without a zone and to the millisecond. */
const instants: Instants = {
  type: timestamp(3),
  read: (column) => `date_trunc('millisecond', make_timestamp(epoch_us(${column})))`,
};

/** @throws AthenaError TABLE_NOT_FOUND when no run has written one */
export async function cleanedTable(folder: string, connection: DuckDBConnection): Promise<TableSource> {
  const files = folders(folder)
    .filter((run) => run.startsWith("run="))
    .flatMap((run) =>
      readdirSync(join(folder, run))
        .filter((name) => name.endsWith(".parquet"))
        .map((name) => join(folder, run, name)),
    );
  if (files.length === 0) throw new AthenaError("TABLE_NOT_FOUND", "no run has written this table yet");
  const list = files.map(quote).join(", ");
  return await described(
    `read_parquet([${list}], hive_partitioning = true, hive_types_autocast = false, union_by_name = true)`,
    instants,
    connection,
  );
}
