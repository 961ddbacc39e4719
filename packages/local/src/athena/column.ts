/** Names of columns, and fields of rows. `a.b` may be a table's column or a column's field. */

import { AthenaError } from "./errors.ts";
import { child, identifier, type Node, only, open } from "./node.ts";
import { type Column, type Context, notFound, resolve } from "./scope.ts";
import { trinoName } from "./type.ts";
import { made, type Value } from "./value.ts";

export function columnOf(node: Node, context: Context): Value {
  const path = pathOf(node);
  if (path === undefined) throw new AthenaError("SYNTAX_ERROR", "a column's name was expected");
  return alongPath(path, context);
}

export function fieldOf(node: Node, context: Context): Value {
  const path = pathOf(node);
  if (path !== undefined) return alongPath(path, context);
  const [, fields] = open(node);
  only("A field", fields, ["this", "field"]);
  const base = child(fields["this"]);
  const name = identifier(fields["field"]);
  if (base === undefined || name === undefined)
    throw new AthenaError("SYNTAX_ERROR", "a field's name was expected");
  return field(context.statement.expression(base, context), name);
}

/** The names that a chain of dots consists of, when it is nothing else. */
export function pathOf(node: Node): readonly string[] | undefined {
  const [kind, fields] = open(node);
  if (kind === "column") {
    only("A column", fields, ["name", "table"]);
    return names(fields["table"], fields["name"]);
  }
  if (kind !== "dot") return undefined;
  only("A field", fields, ["this", "field"]);
  const base = child(fields["this"]);
  const before = base === undefined ? undefined : pathOf(base);
  const name = identifier(fields["field"]);
  return before === undefined || name === undefined ? undefined : [...before, name];
}

function names(...parts: readonly unknown[]): readonly string[] {
  return parts.flatMap((part) => identifier(part) ?? []);
}

/** The longest prefix that names a column wins: first table.column, then column.field. */
function alongPath(path: readonly string[], context: Context): Value {
  for (let at = path.length - 1; at >= 0; at -= 1) {
    const name = path[at];
    if (name === undefined) continue;
    const column = resolve(context.scope, name, path.slice(0, at));
    if (column === undefined) continue;
    return path.slice(at + 1).reduce(field, read(column));
  }
  throw notFound(context.scope, path[path.length - 1] ?? "", path.slice(0, -1));
}

function read(column: Column): Value {
  if (column.type.kind === "foreign") {
    throw new AthenaError(
      "NOT_SUPPORTED",
      `column ${column.name} is of type ${column.type.name}, which is not supported here; on Athena it works`,
    );
  }
  return { ...made(column.type, column.sql ?? column.id), columns: [column.id] };
}

function field(value: Value, name: string): Value {
  if (value.type.kind !== "row") {
    throw new AthenaError(
      "TYPE_MISMATCH",
      `Expression of type ${trinoName(value.type)} has no field '${name}'`,
    );
  }
  const at = value.type.fields.findIndex((f) => f.name?.toLowerCase() === name.toLowerCase());
  const found = value.type.fields[at];
  if (found === undefined)
    throw new AthenaError("COLUMN_NOT_FOUND", `no field '${name}' in ${trinoName(value.type)}`);
  return made(found.type, `(${value.sql}).f${at}`, [value]);
}
