import { DuckDBInstance } from "@duckdb/node-api";
import { prelude } from "@penstock/local/athena/prelude.ts";
import { parseStatement, rewrite } from "@penstock/local/athena/rewrite.ts";
import { bigint, decimal, integer, type Type, timestamptz, varchar } from "@penstock/local/athena/type.ts";

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

/** Runs Athena SQL on tables given as rows, without a lake: rows by column name, numbers where they are exact. */
export async function athenaOver(
  tables: Readonly<Record<string, Table>>,
): Promise<(sql: string) => Promise<Record<string, unknown>[]>> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  for (const statement of ["SET TimeZone = 'UTC'", ...prelude]) await connection.run(statement);
  for (const [name, { columns, rows }] of Object.entries(tables)) {
    const types = Object.entries(columns).map(([column, type]) => `"${column}" ${duckType(type)}`);
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

function duckType(type: Type): string {
  switch (type.kind) {
    case "varchar":
    case "integer":
    case "bigint":
      return type.kind.toUpperCase();
    case "decimal":
      return `DECIMAL(${type.precision}, ${type.scale})`;
    case "timestamptz":
      return "TIMESTAMPTZ";
    default:
      throw new Error(`no column is a ${type.kind}`);
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
