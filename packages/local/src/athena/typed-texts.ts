/** A result that Athena itself gave, where every value is a text: the same forms of it as `run.ts` gives of its own. */

import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import type { Table } from "apache-arrow";
import { arrowTable } from "./arrow.ts";
import { type Prepared, run } from "./execute.ts";
import { exactNumber, type Json } from "./json-rows.ts";
import { exported } from "./run.ts";
import {
  bigint,
  boolean,
  date,
  decimal,
  double,
  integer,
  isNumeric,
  real,
  smallint,
  type Type,
  timestamp,
  timestamptz,
  tinyint,
  varbinary,
  varchar,
} from "./type.ts";
import { quote } from "./value.ts";

/** Columns with Athena's names of their types, a decimal's with its parameters; rows as they come. */
export interface Texts {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly pages: AsyncIterable<readonly (readonly (string | null)[])[]>;
}

/** Numbers as `queryRows` gives them; an array, a map or a row is the text that Athena shows, which names no types. */
export async function* jsonOfTexts({
  columns,
  pages,
}: Texts): AsyncGenerator<readonly Record<string, Json>[]> {
  const types = columns.map(({ type }) => typeNamed(type));
  const json = (text: string | null, type: Type): Json => {
    if (text === null || !isNumeric(type)) return type.kind === "boolean" && text ? text === "true" : text;
    return exactNumber(text);
  };
  for await (const rows of pages) {
    yield rows.map((row) =>
      Object.fromEntries(columns.map(({ name }, i) => [name, json(row[i] ?? null, types[i] ?? varchar)])),
    );
  }
}

/** As `queryArrow` gives it. */
export async function arrowOfTexts(texts: Texts): Promise<Table> {
  return typed(texts, async (prepared, connection) => arrowTable(prepared, await run(prepared, connection)));
}

/** Writes one Parquet file, replacing what was there. */
export async function exportTexts(texts: Texts, path: string): Promise<void> {
  await typed(texts, (prepared, connection) => exported(prepared, path, connection));
}

/** Loads the texts into a table of their own, and gives the query that reads them by their types. */
async function typed<T>(
  { columns, pages }: Texts,
  work: (prepared: Prepared, connection: DuckDBConnection) => Promise<T>,
): Promise<T> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  try {
    await connection.run("SET TimeZone = 'UTC'");
    await connection.run(`SET temp_directory = ${quote(join(tmpdir(), `penstock-query-${process.pid}`))}`);
    await connection.run(`CREATE TABLE texts (${columns.map((_, i) => `c${i} VARCHAR`).join(", ")})`);
    const appender = await connection.createAppender("texts");
    for await (const rows of pages) {
      for (const row of rows) {
        for (const text of row) {
          if (text === null) appender.appendNull();
          else appender.appendVarchar(text);
        }
        appender.endRow();
      }
    }
    appender.closeSync();
    const found = await Promise.all(
      columns.map(async ({ name, type }, i) => ({
        id: `c${i}`,
        name,
        type: await oneZone(typeNamed(type), `c${i}`, connection),
      })),
    );
    const read = found.map(({ id, type }) => `${readAs(id, type)} AS ${id}`);
    return await work({ sql: `SELECT ${read.join(", ")} FROM texts`, columns: found }, connection);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** Moments of a zone other than UTC, which each value tells, stay texts. */
async function oneZone(type: Type, column: string, connection: DuckDBConnection): Promise<Type> {
  if (type.kind !== "timestamptz") return type;
  const found = await connection.runAndReadAll(
    `SELECT 1 FROM texts WHERE ${column} NOT LIKE '% UTC' LIMIT 1`,
  );
  return found.currentRowCount === 0 ? type : varchar;
}

/** DuckDB's SQL of a column of texts as its type. */
function readAs(column: string, type: Type): string {
  switch (type.kind) {
    case "varchar":
      return column;
    case "varbinary":
      return `unhex(replace(${column}, ' ', ''))`;
    case "timestamptz":
      return `CAST(replace(${column}, ' UTC', '+00') AS TIMESTAMP WITH TIME ZONE)`;
    case "decimal":
      return `CAST(${column} AS DECIMAL(${type.precision},${type.scale}))`;
    case "real":
      return `CAST(${column} AS FLOAT)`;
    default:
      return `CAST(${column} AS ${type.kind.toUpperCase()})`;
  }
}

const simple: Readonly<Record<string, Type>> = {
  boolean,
  tinyint,
  smallint,
  integer,
  bigint,
  float: real,
  real,
  double,
  date,
  timestamp: timestamp(3),
  "timestamp with time zone": timestamptz(3),
  varbinary,
};

/** The type that Athena calls so; what has no other form is a text. */
function typeNamed(name: string): Type {
  const [, precision, scale] = /^decimal\((\d+),(\d+)\)$/.exec(name) ?? [];
  return precision === undefined ? (simple[name] ?? varchar) : decimal(Number(precision), Number(scale));
}
