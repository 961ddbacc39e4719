/** SHOW TABLES and DESCRIBE, the two statements besides SELECT that are answered. */

import type { DuckDBConnection } from "@duckdb/node-api";
import { AthenaError, refuse } from "./errors.ts";
import { child, type Fields, identifier, type Node, only, open } from "./node.ts";
import { databaseNamed, findTable, type LakeContext, tableNames } from "./tables.ts";
import { trinoName } from "./type.ts";

/** What GetQueryResults shows. */
export interface Shown {
  readonly columns: { name: string; type: string }[];
  readonly rows: (string | null)[][];
}

/** The answer, or nothing when the statement is a query. */
export async function show(
  statement: Node,
  context: LakeContext,
  connection: DuckDBConnection,
): Promise<Shown | undefined> {
  const [kind, fields] = open(statement);
  if (kind === "show") return tables(fields, context);
  return kind === "describe" ? describe(fields, context, connection) : undefined;
}

function tables(fields: Fields, context: LakeContext): Shown {
  if (fields["this"] !== "TABLES")
    throw refuse(`SHOW ${String(fields["this"])}`, "it is not answered", "SHOW TABLES or DESCRIBE");
  only("SHOW TABLES", fields, ["this", "scope_kind", "scope"]);
  const scope = child(child(fields["scope"])?.["table"]) ?? {};
  only("SHOW TABLES", scope, ["name"]);
  const asked = identifier(scope["name"]) ?? context.database;
  return {
    columns: [{ name: "tab_name", type: "varchar" }],
    rows: tableNames({ ...context, database: databaseNamed(asked, context) }).map((name) => [name]),
  };
}

async function describe(fields: Fields, context: LakeContext, connection: DuckDBConnection): Promise<Shown> {
  const table = child(child(fields["target"])?.["table"]);
  if (table === undefined) throw refuse("EXPLAIN", "only one SELECT can run", "DESCRIBE with a table");
  only("DESCRIBE", table, ["name", "schema", "catalog"]);
  const parts = ["catalog", "schema", "name"].flatMap((part) => identifier(table[part]) ?? []);
  if (parts.length === 0) throw new AthenaError("SYNTAX_ERROR", "DESCRIBE needs a table");
  const source = await findTable(parts, context, connection);
  const columns = ["col_name", "data_type"].map((name) => ({ name, type: "varchar" }));
  return { columns, rows: source.columns.map(({ name, type }) => [name, trinoName(type)]) };
}
