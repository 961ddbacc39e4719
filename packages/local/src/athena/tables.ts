/** The lake's tables by name: Iceberg and Delta tables in the warehouse, and the cleaned Parquet of each dataset. */

import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { nearestName } from "@penstock/contracts/errors.ts";
import { cleanedTable } from "./cleaned.ts";
import { deltaTable, isDelta } from "./delta.ts";
import { AthenaError, refuse } from "./errors.ts";
import { folders } from "./folders.ts";
import { icebergTable } from "./iceberg.ts";
import type { TableSource } from "./scope.ts";
import { duckName } from "./type.ts";
import { quote, quoteName } from "./value.ts";

/** Where names without a database are looked for. */
export interface LakeContext {
  /** The lake's folder, an absolute path. */
  readonly lakeRoot: string;
  readonly database: string;
}

/** The tables of a database, in alphabetical order. */
export function tableNames({ lakeRoot, database }: LakeContext): readonly string[] {
  const curated = folders(join(lakeRoot, "warehouse", database)).filter((name) => {
    const folder = join(lakeRoot, "warehouse", database, name);
    return isDelta(folder) || icebergTable(folder) !== undefined;
  });
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
  const folder = join(context.lakeRoot, "warehouse", database, found);
  if (isDelta(folder)) {
    if (snapshot !== undefined)
      throw refuse(`FOR VERSION AS OF on ${found}`, "Athena has no time travel on Delta tables");
    return await deltaTable(folder, connection);
  }
  const table = icebergTable(folder, snapshot);
  if (table === undefined && snapshot !== undefined)
    throw refuse(`FOR VERSION AS OF on ${found}`, "only Iceberg tables have versions");
  if (table === undefined)
    return await cleanedTable(join(context.lakeRoot, "cleaned", found.replace(/_cleaned$/, "")), connection);
  const { columns, version, empty } = table;
  const read = [
    quote(folder),
    `version => ${quote(String(version))}`,
    // a lake that was copied from elsewhere, a bucket say, reads as it did there
    "allow_moved_paths => true",
    ...(snapshot === undefined ? [] : [`snapshot_from_id => CAST(${quote(snapshot)} AS UBIGINT)`]),
  ];
  return { columns, from: empty ? nothing(columns) : `iceberg_scan(${read.join(", ")})` };
}

function place(parts: readonly string[], context: LakeContext): { database: string; name: string } {
  const [name = "", database = context.database, catalog = "awsdatacatalog"] = [...parts].reverse();
  if (catalog.toLowerCase() !== "awsdatacatalog")
    throw new AthenaError("CATALOG_NOT_FOUND", `Catalog '${catalog}' does not exist`);
  if (database.toLowerCase() === "information_schema")
    throw refuse("information_schema", "the lake has no such tables", "SHOW TABLES or DESCRIBE");
  if (name.includes("$")) throw refuse(`Metadata table "${name}"`, "only the table itself can be read");
  return { database: databaseNamed(database, context), name };
}

/**
 * The database of that name as its folder is called: what reaches the disk is never the name in the query.
 *
 * @throws AthenaError SCHEMA_NOT_FOUND with the nearest name
 */
export function databaseNamed(name: string, context: LakeContext): string {
  const known = folders(join(context.lakeRoot, "warehouse"));
  const found = known.find((one) => one.toLowerCase() === name.toLowerCase());
  if (found !== undefined) return found;
  // before its first table it has no folder
  const isOwn = name.toLowerCase() === context.database.toLowerCase();
  if (isOwn && /^[\w-]+$/.test(name)) return context.database;
  const nearest = nearestName(name, known);
  throw new AthenaError(
    "SCHEMA_NOT_FOUND",
    `Schema '${name}' does not exist${nearest === undefined ? "" : `; did you mean '${nearest}'?`}`,
  );
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

function nothing(columns: TableSource["columns"]): string {
  const typed = columns
    .filter(({ type }) => type.kind !== "foreign")
    .map(({ name, type }) => `CAST(NULL AS ${duckName(type)}) AS ${quoteName(name)}`);
  return `(SELECT ${typed.join(", ")} WHERE false)`;
}
