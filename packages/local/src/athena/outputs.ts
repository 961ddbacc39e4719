/** What a SELECT gives out. */

import { AthenaError, refuse } from "./errors.ts";
import { bare, child, type Fields, identifier, type Node, only, open } from "./node.ts";
import { starColumns } from "./relation.ts";
import type { Context } from "./scope.ts";
import { made, type Value } from "./value.ts";

/** An output of the SELECT. */
export interface Item {
  readonly id: string;
  readonly name: string | null;
  readonly value: Value;
}

export function outputs(node: Node, context: Context): Item[] {
  const [kind, fields] = open(node);
  if (kind === "star") return star(fields, context);
  const aliased = kind === "alias";
  if (aliased) only("AS", fields, ["this", "alias"]);
  const expression = aliased ? child(fields["this"]) : node;
  if (expression === undefined) throw refuse("AS", "nothing stands before it");
  const value = context.statement.expression(expression, context);
  const name = aliased ? identifier(fields["alias"]) : nameOf(bare(expression));
  return [{ id: context.statement.nextId("c"), name: name ?? null, value }];
}

function star(fields: Fields, context: Context): Item[] {
  only("*", fields, ["table"]);
  const qualifier = identifier(fields["table"]);
  const columns = starColumns(context.scope.columns, qualifier === undefined ? [] : [qualifier]);
  if (columns.length === 0) throw new AthenaError("SYNTAX_ERROR", "SELECT * needs a FROM clause");
  return columns.map((column) => {
    if (column.type.kind === "foreign") {
      throw refuse(
        `Column ${column.name} of type ${column.type.name}`,
        "its values can't be read",
        "the other columns instead of *",
      );
    }
    const sql = column.sql ?? column.id;
    const value = { ...made(column.type, sql), columns: context.keys.has(sql) ? [] : [column.id] };
    return { id: context.statement.nextId("c"), name: column.name, value };
  });
}

/** A column or a field gives its name to the output. */
function nameOf(node: Node): string | undefined {
  const [kind, fields] = open(node);
  if (kind === "column") return identifier(fields["name"]);
  return kind === "dot" ? identifier(fields["field"]) : undefined;
}
