import { DuckDBInstance } from "@duckdb/node-api";
import type { Column } from "@penstock/contracts/column.ts";
import type { Dataset } from "@penstock/contracts/dataset.ts";
import { lineageColumns } from "@penstock/contracts/lineage.ts";
import { prelude } from "@penstock/local/athena/prelude.ts";
import { parseStatement, rewrite } from "@penstock/local/athena/rewrite.ts";
import {
  bigint,
  boolean,
  date,
  decimal,
  double,
  duckName,
  integer,
  type Type,
  timestamptz,
  varchar,
} from "@penstock/local/athena/type.ts";

type Cell = string | number | null;

/** Rows of one table as text, in the order of its columns. */
export interface Table {
  readonly columns: Readonly<Record<string, Type>>;
  readonly rows: readonly (readonly Cell[])[];
}

/** The columns of the pipeline's tables, as Athena sees them. */
export const sessionColumns: Table["columns"] = {
  session_id: varchar,
  operator: varchar,
  site_id: varchar,
  site_name: varchar,
  charger_id: varchar,
  charger_model: varchar,
  connector_id: varchar,
  connector_type: varchar,
  started_at: timestamptz(6),
  ended_at: timestamptz(6),
  time_zone: varchar,
  energy_kwh: decimal(10, 3),
  user_id: varchar,
  _run_id: varchar,
  _line: bigint,
};

export const siteColumns: Table["columns"] = {
  site_id: varchar,
  site_name: varchar,
  time_zone: varchar,
  connectors: integer,
  opens_at: varchar,
  closes_at: varchar,
  _run_id: varchar,
};

/** The columns of a dataset's table, its lineage included, as Athena sees them. */
export function columnsOf(dataset: Dataset): Table["columns"] {
  const lineage = { string: varchar, bigint, timestamp: timestamptz(6) };
  return Object.fromEntries([
    ...Object.entries(dataset.columns).map(([name, column]) => [name, athenaType(column)] as const),
    ...lineageColumns.map(({ name, type }) => [name, lineage[type]] as const),
  ]);
}

/** Runs Athena SQL on tables given as rows, without a lake: rows by column name, numbers where they are exact. */
export async function athenaOver(
  tables: Readonly<Record<string, Table>>,
): Promise<(sql: string) => Promise<Record<string, unknown>[]>> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  for (const statement of ["SET TimeZone = 'UTC'", ...prelude]) await connection.run(statement);
  for (const [name, { columns, rows }] of Object.entries(tables)) {
    const types = Object.entries(columns).map(([column, type]) => `"${column}" ${duckName(type)}`);
    await connection.run(`CREATE TABLE ${name} (${types.join(", ")})`);
    for (let at = 0; at < rows.length; at += 500) {
      const values = rows.slice(at, at + 500).map((row) => `(${row.map(literal).join(", ")})`);
      await connection.run(`INSERT INTO ${name} VALUES ${values.join(", ")}`);
    }
  }
  return async (sql) => {
    const query = rewrite(parseStatement(sql), ([name = ""]) => {
      const table = tables[name.toLowerCase()];
      if (table === undefined) throw new Error(`no table ${name}`);
      const columns = Object.entries(table.columns).map(([column, type]) => ({ name: column, type }));
      return { from: name, columns };
    });
    const result = await connection.runAndReadAll(query.sql);
    return result
      .getRowsJson()
      .map((row) =>
        Object.fromEntries(query.columns.map(({ name, type }, i) => [name ?? "", shown(row[i], type)])),
      );
  };
}

function athenaType(column: Column): Type {
  switch (column.kind) {
    case "string":
    case "oneOf":
      return varchar;
    case "boolean":
      return boolean;
    case "integer":
      return integer;
    case "long":
      return bigint;
    case "double":
      return double;
    case "decimal":
      return decimal(column.precision, column.scale);
    case "date":
      return date;
    case "timestamp":
      return timestamptz(6);
    default:
      return column satisfies never;
  }
}

function literal(value: Cell): string {
  return value === null ? "NULL" : `'${String(value).replaceAll("'", "''")}'`;
}

function shown(value: unknown, type: Type): unknown {
  return ["bigint", "integer", "double", "decimal"].includes(type.kind) && value !== null
    ? Number(value)
    : value;
}
