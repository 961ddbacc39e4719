/** ORDER BY of a SELECT: positions, names of outputs, expressions. */

import { key } from "./comparison.ts";
import { AthenaError } from "./errors.ts";
import { child, identifier, literal, type Node } from "./node.ts";
import { ordering } from "./ordering.ts";
import type { Item } from "./outputs.ts";
import type { Column, Context } from "./scope.ts";
import type { Value } from "./value.ts";

export interface Order {
  readonly sql: string;
  /** Absent when an output is meant, which was checked already. */
  readonly value?: Value;
}

/** A position, the name of an output, or an expression in which names of outputs come first. */
export function orderItem(node: Node, items: readonly Item[], distinct: boolean, context: Context): Order {
  const by = child(node["this"]);
  const output = by === undefined ? undefined : outputOf(by, items);
  if (output !== undefined) return { sql: ordering(node, () => ({ ...output.value, sql: output.id })).sql };
  const names = items.flatMap(({ id, name, value }): Column[] =>
    name === null ? [] : [{ id, name, qualifier: [], type: value.type, sql: value.sql }],
  );
  const shadowed = new Set(names.map((column) => column.name?.toLowerCase()));
  const others = context.scope.columns.map((column) =>
    shadowed.has(column.name?.toLowerCase()) ? { ...column, hidden: true } : column,
  );
  const scope = { columns: [...names, ...others], parent: context.scope.parent };
  const { sql, value } = ordering(node, (item) => context.statement.expression(item, { ...context, scope }));
  const same = items.find((item) => key(item.value) === key(value));
  if (distinct && same === undefined) {
    throw new AthenaError(
      "SYNTAX_ERROR",
      "For SELECT DISTINCT, ORDER BY expressions must appear in select list",
    );
  }
  const outputIds = new Set(names.map((column) => column.id));
  return { sql, value: { ...value, columns: value.columns.filter((id) => !outputIds.has(id)) } };
}

/** The output that a position or a plain name stands for. */
export function outputOf<T extends { readonly name: string | null }>(
  node: Node,
  items: readonly T[],
): T | undefined {
  const number = literal(node);
  if (number !== undefined && number[0] === "number") {
    const item = items[Number(number[1]) - 1];
    if (item === undefined)
      throw new AthenaError("SYNTAX_ERROR", `ORDER BY position ${number[1]} is not in select list`);
    return item;
  }
  const column = child(node["column"]);
  if (column === undefined || child(column["table"]) !== undefined) return undefined;
  const name = identifier(column["name"])?.toLowerCase();
  const found = items.filter((item) => item.name?.toLowerCase() === name);
  if (found.length > 1) throw new AthenaError("AMBIGUOUS_NAME", `Column '${name}' is ambiguous`);
  return found[0];
}
