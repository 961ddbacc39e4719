/** What DuckDB's own readers say of files: a relation in its SQL, as a table with Athena's types. */

import type { DuckDBConnection } from "@duckdb/node-api";
import type { TableSource } from "./scope.ts";
import {
  bigint,
  boolean,
  date,
  decimal,
  double,
  integer,
  real,
  type Type,
  timestamp,
  varbinary,
  varchar,
} from "./type.ts";
import { quoteName } from "./value.ts";

/** How an instant, DuckDB's TIMESTAMP WITH TIME ZONE, is shown: Athena does not treat it alike in all formats. */
export interface Instants {
  readonly type: Type;
  /** DuckDB's SQL of a column as that type. */
  readonly read: (column: string) => string;
}

/** @param relation DuckDB's SQL of what is read, such as `read_parquet([…])` */
export async function described(
  relation: string,
  instants: Instants,
  connection: DuckDBConnection,
): Promise<TableSource> {
  const found = (await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${relation}`))
    .getRows()
    .map((row) => ({ name: String(row[0]), type: String(row[1]) }));
  const read = found.map(({ name, type }) => {
    const column = quoteName(name);
    if (type === instant) return `${instants.read(column)} AS ${column}`;
    return type === wallClock ? `date_trunc('millisecond', ${column}) AS ${column}` : column;
  });
  return {
    from: `(SELECT ${read.join(", ")} FROM ${relation})`,
    columns: found.map(({ name, type }) => ({ name, type: type === instant ? instants.type : typeOf(type) })),
  };
}

const instant = "TIMESTAMP WITH TIME ZONE";
const wallClock = "TIMESTAMP";

const simple: Readonly<Record<string, Type>> = {
  BOOLEAN: boolean,
  INTEGER: integer,
  BIGINT: bigint,
  FLOAT: real,
  DOUBLE: double,
  VARCHAR: varchar,
  BLOB: varbinary,
  DATE: date,
  [wallClock]: timestamp(3),
};

function typeOf(name: string): Type {
  const parts = /^DECIMAL\((\d+),(\d+)\)$/.exec(name);
  if (parts !== null) return decimal(Number(parts[1]), Number(parts[2]));
  return simple[name] ?? { kind: "foreign", name: name.toLowerCase() };
}
