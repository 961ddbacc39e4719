/** A Delta table on disk, read as its log says. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { described, type Instants } from "./described.ts";
import { folders } from "./folders.ts";
import type { TableSource } from "./scope.ts";
import { timestamptz } from "./type.ts";
import { quote } from "./value.ts";

/** Athena reads an instant of a Delta table with its zone, which is UTC, and to the millisecond. */
const instants: Instants = {
  type: timestamptz(3),
  read: (column) => `date_trunc('millisecond', ${column})`,
};

export const isDelta = (folder: string): boolean => existsSync(join(folder, "_delta_log"));

/** Whether any database of the warehouse has one; DuckDB takes long to learn of Delta. */
export const hasDelta = (warehouse: string): boolean =>
  folders(warehouse).some((database) =>
    folders(join(warehouse, database)).some((table) => isDelta(join(warehouse, database, table))),
  );

export async function deltaTable(folder: string, connection: DuckDBConnection): Promise<TableSource> {
  return await described(`delta_scan(${quote(folder)})`, instants, connection);
}
