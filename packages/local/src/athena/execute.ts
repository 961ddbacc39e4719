/** A statement from its text to DuckDB's rows. */

import type { DuckDBConnection, DuckDBValue } from "@duckdb/node-api";
import { AthenaError } from "./errors.ts";
import { child, identifier, type Node } from "./node.ts";
import { snapshotOf } from "./relation.ts";
import { rewrite } from "./rewrite.ts";
import type { TableSource } from "./scope.ts";
import { findTable, type LakeContext } from "./tables.ts";
import { duckName, type Type } from "./type.ts";
import { failureMessage } from "./value.ts";

/** A query that is ready to run: its SQL, and its outputs with the names that Athena gives them. */
export interface Prepared {
  readonly sql: string;
  readonly columns: readonly { readonly name: string; readonly id: string; readonly type: Type }[];
}

/** Finds the tables that the statement names, as they are now, and rewrites it. */
export async function prepare(
  statement: Node,
  context: LakeContext,
  connection: DuckDBConnection,
): Promise<Prepared> {
  const found = new Map<string, TableSource | AthenaError>();
  for (const { parts, snapshot } of namedTables(statement)) {
    const name = keyOf(parts, snapshot);
    if (found.has(name)) continue;
    // A name may turn out to be a WITH query's; only the rewriting knows.
    found.set(
      name,
      await findTable(parts, context, connection, snapshot).catch((error: unknown) => {
        if (error instanceof AthenaError) return error;
        throw error;
      }),
    );
  }
  const query = rewrite(statement, (parts, snapshot) => {
    const source = found.get(keyOf(parts, snapshot));
    if (source === undefined)
      throw new AthenaError("INTERNAL_ERROR", `table ${parts.join(".")} was not looked for`);
    if (source instanceof AthenaError) throw source;
    return source;
  });
  return {
    sql: query.sql,
    columns: query.columns.map(({ id, type, name }, i) => ({ id, type, name: name ?? `_col${i}` })),
  };
}

/** Runs it; the types that come back must be the ones that were worked out. */
export async function run(
  prepared: Prepared,
  connection: DuckDBConnection,
): Promise<readonly (readonly DuckDBValue[])[]> {
  try {
    const result = await connection.runAndReadAll(prepared.sql);
    checkTypes(prepared, result.columnTypes().map(String));
    return result.getRows();
  } catch (error) {
    throw asAthenaError(error);
  }
}

export function checkTypes({ columns }: Prepared, types: readonly string[]): void {
  for (const [i, column] of columns.entries()) {
    const expected = plainName(duckName(column.type));
    const found = plainName(types[i] ?? "");
    if (expected !== found) {
      throw new AthenaError(
        "INTERNAL_ERROR",
        `column ${column.name} came out as ${found} where ${expected} was expected; please report it`,
      );
    }
  }
}

/** Two spellings of one type are one. */
function plainName(name: string): string {
  return name.replaceAll('"', "").replaceAll(" ", "").toUpperCase();
}

/** What DuckDB says, in Athena's terms. */
export function asAthenaError(error: unknown): unknown {
  if (error instanceof AthenaError || !isError(error)) return error;
  // Beneath its message DuckDB quotes the query, where the texts of failures stand as well.
  const [message = ""] = error.message.split("\n\nLINE ");
  const own = failureMessage(message);
  if (own !== undefined) return new AthenaError("QUERY_FAILED", own);
  if (/interrupt/i.test(error.message)) return new AthenaError("QUERY_CANCELLED", "Query was cancelled");
  const [first = ""] = message.split("\n");
  const kind = /^(Binder|Catalog|Parser|INTERNAL|Permission)/.test(first) ? "INTERNAL_ERROR" : "QUERY_FAILED";
  return new AthenaError(
    kind,
    first.replace(/^[A-Za-z ]+ Error: | when casting from source column .*$/g, ""),
  );
}

/** DuckDB's errors are made outside of the module loader, where `Error` may be another class. */
function isError(error: unknown): error is { readonly message: string } {
  return typeof error === "object" && error !== null && typeof Reflect.get(error, "message") === "string";
}

interface NamedTable {
  readonly parts: readonly string[];
  readonly snapshot: string | undefined;
}

const keyOf = (parts: readonly string[], snapshot: string | undefined): string =>
  `${parts.join(".").toLowerCase()}@${snapshot ?? "newest"}`;

/** Every table's name in the tree, as its parts, and the snapshot that it is read at. */
function namedTables(node: unknown): readonly NamedTable[] {
  if (Array.isArray(node)) return node.flatMap(namedTables);
  if (typeof node !== "object" || node === null) return [];
  const inner = Object.values(node).flatMap(namedTables);
  const table = child((node as Node)["table"]);
  const parts = ["catalog", "schema", "name"].flatMap((part) => identifier(table?.[part]) ?? []);
  if (table === undefined || parts.length === 0) return inner;
  return [{ parts, snapshot: snapshotOf(table) }, ...inner];
}
