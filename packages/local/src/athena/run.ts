/** Athena SQL over a lake on this machine: the same text, the same answer, or a refusal. */

import type { DuckDBConnection, DuckDBValue } from "@duckdb/node-api";
import type { Table } from "apache-arrow";
import { arrowTable } from "./arrow.ts";
import { AthenaError } from "./errors.ts";
import { asAthenaError, checkTypes, type Prepared, prepare, run } from "./execute.ts";
import { type Json, jsonRows } from "./json-rows.ts";
import { render } from "./render.ts";
import { parseStatement } from "./rewrite.ts";
import { withConnection, withExport } from "./session.ts";
import { type Shown, show } from "./show.ts";
import type { LakeContext } from "./tables.ts";
import { duckName, type Type, trinoName, varchar } from "./type.ts";
import { quote, quoteName } from "./value.ts";

/** A result as GetQueryResults gives it: types by Athena's names with their parameters, NULL as null. */
export interface AthenaResult {
  columns: { name: string; type: string }[];
  rows: (string | null)[][];
}

/**
 * Runs one SELECT (or SHOW TABLES, DESCRIBE) on the newest snapshots as the query starts.
 *
 * @param context the lake's folder, and the database of names without one
 * @param signal interrupts the query
 * @throws AthenaError
 */
export async function runAthena(
  sql: string,
  context: LakeContext,
  signal?: AbortSignal,
): Promise<AthenaResult> {
  const statement = parseStatement(sql);
  return withConnection(context.lakeRoot, (connection) =>
    interruptible(connection, signal, async () => {
      const shown = await show(statement, context, connection);
      if (shown !== undefined) return shown;
      const prepared = await prepare(statement, context, connection);
      return texts(prepared, await run(prepared, connection));
    }),
  );
}

/** The same query as an Arrow table; what has no Arrow type of its own is Athena's text. */
export async function queryArrow(sql: string, context: LakeContext): Promise<Table> {
  return answered(sql, context, arrowTable);
}

/** The same query as rows of JSON: numbers where a JSON number is exact, else their text. */
export async function queryRows(sql: string, context: LakeContext): Promise<readonly Record<string, Json>[]> {
  return answered(sql, context, jsonRows);
}

/**
 * Writes the query's result as one Parquet file, replacing what was there.
 *
 * @returns how many rows it has
 */
export async function exportParquet(sql: string, path: string, context: LakeContext): Promise<number> {
  const statement = parseStatement(sql);
  return withExport(context.lakeRoot, path, async (connection) => {
    const prepared = await prepare(statement, context, connection);
    try {
      const { rows } = await exported(prepared, path, connection);
      return rows;
    } catch (error) {
      throw asAthenaError(error);
    }
  });
}

/** Writes a prepared query's result as one Parquet file. */
export async function exported(
  prepared: Prepared,
  path: string,
  connection: DuckDBConnection,
): Promise<{ rows: number }> {
  const checked = await connection.prepare(prepared.sql);
  checkTypes(
    prepared,
    prepared.columns.map((_, i) => String(checked.columnType(i))),
  );
  const columns = prepared.columns.map(({ id, name, type }) => `${stored(id, type)} AS ${quoteName(name)}`);
  const result = await connection.run(
    `COPY (SELECT ${columns.join(", ")} FROM (${prepared.sql})) TO ${quote(path)} (FORMAT parquet, COMPRESSION zstd)`,
  );
  return { rows: result.rowsChanged };
}

/** Intervals and zones that differ by row have no place in Parquet: the one is a number, the other an instant. */
function stored(id: string, type: Type): string {
  return type.kind === "timestamptz" && type.zone === null ? `${id}.t` : `CAST(${id} AS ${duckName(type)})`;
}

async function answered<T>(
  sql: string,
  context: LakeContext,
  as: (prepared: Prepared, rows: readonly (readonly DuckDBValue[])[]) => T,
): Promise<T> {
  const statement = parseStatement(sql);
  return withConnection(context.lakeRoot, async (connection) => {
    const shown = await show(statement, context, connection);
    if (shown !== undefined) return as(shownAs(shown), shown.rows);
    const prepared = await prepare(statement, context, connection);
    return as(prepared, await run(prepared, connection));
  });
}

function shownAs({ columns }: Shown): Prepared {
  return { sql: "", columns: columns.map(({ name }) => ({ name, id: name, type: varchar })) };
}

async function interruptible<T>(
  connection: DuckDBConnection,
  signal: AbortSignal | undefined,
  work: () => Promise<T>,
): Promise<T> {
  if (signal?.aborted === true) throw new AthenaError("QUERY_CANCELLED", "Query was cancelled");
  const interrupt = (): void => connection.interrupt();
  signal?.addEventListener("abort", interrupt);
  try {
    return await work();
  } finally {
    signal?.removeEventListener("abort", interrupt);
  }
}

function texts({ columns }: Prepared, rows: readonly (readonly DuckDBValue[])[]): AthenaResult {
  return {
    columns: columns.map(({ name, type }) => ({ name, type: columnType(type) })),
    rows: rows.map((row) => columns.map(({ type }, i) => render(row[i] ?? null, type))),
  };
}

/** Athena calls Trino's real a float. */
function columnType(type: Type): string {
  return type.kind === "real" ? "float" : trinoName(type);
}
