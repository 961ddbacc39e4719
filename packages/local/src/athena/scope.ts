/**
 * Which columns a name can mean. Every column of every relation gets an id of its own in the DuckDB query
 * (`c1`, `c2`, …), so that nothing the user names is ever an identifier there.
 */

import { nearestName } from "@penstock/contracts/errors.ts";
import { AthenaError } from "./errors.ts";
import type { Node } from "./node.ts";
import { required } from "./node.ts";
import type { Type } from "./type.ts";
import type { Value } from "./value.ts";

export interface Column {
  readonly id: string;
  /** As SELECT * names it; null for an expression without a name. */
  readonly name: string | null;
  /** What may stand before the name: the alias, or catalog, database and table. */
  readonly qualifier: readonly string[];
  readonly type: Type;
  /** What it reads as, when that isn't its id: a USING column of a full join, a parameter of a lambda. */
  readonly sql?: string;
  /** Not part of SELECT *, and found only under its qualifier: the sides of a USING column. */
  readonly hidden?: boolean;
}

export interface Scope {
  readonly columns: readonly Column[];
  readonly parent: Scope | undefined;
}

/** A query in DuckDB SQL: `columns` are its outputs, by the ids that the SQL gives them. */
export interface Query {
  readonly sql: string;
  readonly columns: readonly { readonly id: string; readonly name: string | null; readonly type: Type }[];
  /** Columns of enclosing queries that it reads. */
  readonly outer: readonly string[];
}

/** A table that can be read: its FROM clause in DuckDB, and its columns as they are named there. */
export interface TableSource {
  readonly from: string;
  readonly columns: readonly { readonly name: string; readonly type: Type }[];
}

/** Where an expression stands. */
export interface Context {
  readonly scope: Scope;
  readonly ctes: ReadonlyMap<string, Cte>;
  readonly windows: ReadonlyMap<string, Node>;
  /** The group keys' SQL: an expression that equals one reads no column any more. */
  readonly keys: ReadonlySet<string>;
  /** What may not stand here, and where "here" is. */
  readonly forbidden: { readonly aggregates?: string; readonly windows?: string };
  readonly statement: Statement;
}

export interface Cte {
  readonly sql: string;
  readonly columns: Query["columns"];
}

/** What is the same everywhere in one statement. */
export interface Statement {
  nextId(prefix: string): string;
  /** @param snapshot the id of the one to read; the newest when there is none */
  table(parts: readonly string[], snapshot?: string): TableSource;
  expression(node: Node, context: Context): Value;
  query(node: Node, context: Context): Query;
}

/** The column of that name in this scope or the nearest enclosing one that has it. */
export function resolve(scope: Scope, name: string, qualifier: readonly string[]): Column | undefined {
  for (let level: Scope | undefined = scope; level !== undefined; level = level.parent) {
    const found = level.columns.filter((column) => matches(column, name, qualifier));
    const [column, second] = found;
    if (column === undefined) continue;
    if (second !== undefined) throw new AthenaError("AMBIGUOUS_NAME", `Column '${name}' is ambiguous`);
    return column;
  }
  return undefined;
}

function matches(column: Column, name: string, qualifier: readonly string[]): boolean {
  if (column.name === null || column.name.toLowerCase() !== name.toLowerCase()) return false;
  if (qualifier.length === 0) return column.hidden !== true;
  return qualifies(column, qualifier);
}

/** `sessions`, `lake.sessions` and `awsdatacatalog.lake.sessions` all mean the same table. */
export function qualifies(column: Column, qualifier: readonly string[]): boolean {
  const own = column.qualifier.slice(-qualifier.length);
  return (
    own.length === qualifier.length &&
    own.every((part, i) => part.toLowerCase() === qualifier[i]?.toLowerCase())
  );
}

export function notFound(scope: Scope, name: string, qualifier: readonly string[]): AthenaError {
  const written = [...qualifier, name].join(".");
  const known: string[] = [];
  for (let level: Scope | undefined = scope; level !== undefined; level = level.parent) {
    for (const column of level.columns) {
      if (column.name !== null)
        known.push(
          qualifier.length > 0 ? [...column.qualifier.slice(-1), column.name].join(".") : column.name,
        );
    }
  }
  const nearest = nearestName(written, known);
  const hint = nearest === undefined ? "" : `; did you mean '${nearest}'?`;
  return new AthenaError("COLUMN_NOT_FOUND", `Column '${written}' cannot be resolved${hint}`);
}

/** The expression that a node's field holds. */
export function sub(value: unknown, context: Context): Value {
  return context.statement.expression(required(value), context);
}
