/** A typed piece of DuckDB SQL: what every expression of the query becomes. */

import { AthenaError } from "./errors.ts";
import { duckName, type Type } from "./type.ts";

export interface Value {
  readonly sql: string;
  readonly type: Type;
  /** Columns it reads outside of any aggregate: in a grouped query they must be group keys. */
  readonly columns: readonly string[];
  /** An aggregate, or a window function, is somewhere in it. */
  readonly aggregate: boolean;
  readonly window: boolean;
  /** The text of a literal. */
  readonly constant?: string;
  /** A timestamp whose zone is another expression: its two parts, before they are put together. */
  readonly zoned?: { readonly instant: string; readonly zone: string };
}

/** A value made from others; it reads what they read. */
export function made(type: Type, sql: string, from: readonly Value[] = []): Value {
  const columns = new Set<string>();
  for (const value of from) for (const column of value.columns) columns.add(column);
  return {
    sql,
    type,
    columns: [...columns],
    aggregate: from.some((value) => value.aggregate),
    window: from.some((value) => value.window),
  };
}

/** A string literal. */
export function quote(text: string): string {
  if (text.includes("\0"))
    throw new AthenaError("INVALID_ARGUMENT", "a string literal holds the NUL character");
  return `'${text.replaceAll("'", "''")}'`;
}

/** A name of a column in a file or of a field: never anything but a name. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/**
 * An expression that fails with this message when it is evaluated. DuckDB's own `error()` counts as volatile,
 * which keeps filters from being pushed down; a cast that can't succeed does not.
 *
 * @param message SQL of a string
 */
export function failure(message: string, type: Type): string {
  const marked = `concat('⟦', ${message}, '⟧')`;
  if (type.kind === "varchar") return `CAST(CAST(${marked} AS INTEGER) AS VARCHAR)`;
  if (type.kind === "varbinary") return `encode(CAST(CAST(${marked} AS INTEGER) AS VARCHAR))`;
  return `CAST(${marked} AS ${duckName(type)})`;
}

/** The message of a `failure`, found in what DuckDB says of it. */
export function failureMessage(text: string): string | undefined {
  return /⟦([\s\S]*?)⟧/.exec(text)?.[1];
}
