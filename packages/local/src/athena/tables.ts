/** The lake's tables by name: Iceberg tables in the warehouse, and the cleaned Parquet of each dataset. */

import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { nearestName } from "@penstock/contracts/errors.ts";
import { AthenaError, refuse } from "./errors.ts";
import { icebergTable } from "./iceberg.ts";
import type { TableSource } from "./scope.ts";
import {
  bigint,
  boolean,
  date,
  decimal,
  double,
  duckName,
  integer,
  real,
  type Type,
  timestamp,
  varbinary,
  varchar,
} from "./type.ts";
import { quote, quoteName } from "./value.ts";

/** Where names without a database are looked for. */
export interface LakeContext {
  /** The lake's folder, an absolute path. */
  readonly lakeRoot: string;
  readonly database: string;
}

/** The tables of a database, in alphabetical order. */
export function tableNames({ lakeRoot, database }: LakeContext): readonly string[] {
  const curated = folders(join(lakeRoot, "warehouse", database)).filter(
    (name) => icebergTable(join(lakeRoot, "warehouse", database, name)) !== undefined,
  );
  const cleaned = folders(join(lakeRoot, "cleaned")).map((name) => `${name}_cleaned`);
  return [...curated, ...cleaned].sort();
}

/**
 * @param snapshot the id of the snapshot to read; the newest when there is none
 * @throws AthenaError TABLE_NOT_FOUND with the nearest name, INVALID_ARGUMENTS for a snapshot that is not there
 */
export async function findTable(
  parts: readonly string[],
  context: LakeContext,
  connection: DuckDBConnection,
  snapshot?: string,
): Promise<TableSource> {
  const { database, name } = place(parts, context);
  const known = tableNames({ ...context, database });
  // What reaches DuckDB is a folder that was found here, never the name in the query.
  const found = known.find((one) => one.toLowerCase() === name.toLowerCase());
  if (found === undefined) throw missing(name, database, known);
  const table = icebergTable(join(context.lakeRoot, "warehouse", database, found), snapshot);
  if (table === undefined && snapshot !== undefined)
    throw refuse(`FOR VERSION AS OF on ${found}`, "only Iceberg tables have versions");
  if (table === undefined)
    return cleaned(join(context.lakeRoot, "cleaned", found.replace(/_cleaned$/, "")), connection);
  const { columns, metadata, empty } = table;
  const version = snapshot === undefined ? "" : `, snapshot_from_id => CAST(${quote(snapshot)} AS UBIGINT)`;
  return { columns, from: empty ? nothing(columns) : `iceberg_scan(${quote(metadata)}${version})` };
}

function place(parts: readonly string[], context: LakeContext): { database: string; name: string } {
  const [name = "", database = context.database, catalog = "awsdatacatalog"] = [...parts].reverse();
  if (catalog.toLowerCase() !== "awsdatacatalog")
    throw new AthenaError("CATALOG_NOT_FOUND", `Catalog '${catalog}' does not exist`);
  if (database.toLowerCase() === "information_schema")
    throw refuse("information_schema", "the lake has no such tables", "SHOW TABLES or DESCRIBE");
  if (name.includes("$")) throw refuse(`Metadata table "${name}"`, "only the table itself can be read");
  const known = folders(join(context.lakeRoot, "warehouse"));
  const found = known.find((one) => one.toLowerCase() === database.toLowerCase());
  if (found === undefined && database.toLowerCase() !== context.database.toLowerCase()) {
    const nearest = nearestName(database, known);
    throw new AthenaError(
      "SCHEMA_NOT_FOUND",
      `Schema '${database}' does not exist${nearest === undefined ? "" : `; did you mean '${nearest}'?`}`,
    );
  }
  return { database: found ?? context.database, name };
}

function missing(name: string, database: string, known: readonly string[]): AthenaError {
  const nearest = nearestName(name, known);
  const list =
    known.length === 0 ? "; there are no tables yet" : `; there is ${known.slice(0, 12).join(", ")}`;
  const hint = nearest === undefined ? list : `; did you mean '${nearest}'?`;
  return new AthenaError(
    "TABLE_NOT_FOUND",
    `Table 'awsdatacatalog.${database}.${name}' does not exist${hint}`,
  );
}

function folders(path: string): readonly string[] {
  try {
    return readdirSync(path, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name);
  } catch {
    return [];
  }
}

function nothing(columns: TableSource["columns"]): string {
  const typed = columns
    .filter(({ type }) => type.kind !== "foreign")
    .map(({ name, type }) => `CAST(NULL AS ${duckName(type)}) AS ${quoteName(name)}`);
  return `(SELECT ${typed.join(", ")} WHERE false)`;
}

/** One folder of Parquet for each run; the folder's name is the column `run`. */
async function cleaned(folder: string, connection: DuckDBConnection): Promise<TableSource> {
  const files = folders(folder)
    .filter((run) => run.startsWith("run="))
    .flatMap((run) =>
      readdirSync(join(folder, run))
        .filter((name) => name.endsWith(".parquet"))
        .map((name) => join(folder, run, name)),
    );
  if (files.length === 0) throw new AthenaError("TABLE_NOT_FOUND", "no run has written this table yet");
  const from = `read_parquet([${files.map(quote).join(", ")}], hive_partitioning = true, hive_types_autocast = false, union_by_name = true)`;
  const described = await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${from}`);
  const columns = described
    .getRows()
    .map((row) => ({ name: String(row[0]), type: parquetType(String(row[1])) }));
  const read = columns.map(({ name, type }) => {
    const column = quoteName(name);
    // Athena reads Parquet's timestamps without a zone and to the millisecond.
    const moment =
      described.getRows().find((row) => row[0] === name)?.[1] === "TIMESTAMP WITH TIME ZONE"
        ? `make_timestamp(epoch_us(${column}))`
        : column;
    return type.kind === "timestamp" ? `date_trunc('millisecond', ${moment}) AS ${column}` : column;
  });
  return { from: `(SELECT ${read.join(", ")} FROM ${from})`, columns };
}

const PARQUET: Readonly<Record<string, Type>> = {
  BOOLEAN: boolean,
  INTEGER: integer,
  BIGINT: bigint,
  FLOAT: real,
  DOUBLE: double,
  VARCHAR: varchar,
  BLOB: varbinary,
  DATE: date,
  TIMESTAMP: timestamp(3),
  "TIMESTAMP WITH TIME ZONE": timestamp(3),
};

function parquetType(name: string): Type {
  const parts = /^DECIMAL\((\d+),(\d+)\)$/.exec(name);
  if (parts !== null) return decimal(Number(parts[1]), Number(parts[2]));
  return PARQUET[name] ?? { kind: "foreign", name: name.toLowerCase() };
}
