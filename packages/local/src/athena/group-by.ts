/** GROUP BY: expressions, positions, GROUPING SETS, ROLLUP, CUBE. Names mean columns of FROM, never outputs. */

import { key } from "./comparison.ts";
import { AthenaError, refuse } from "./errors.ts";
import { child, type Fields, list, literal, type Node, only, open } from "./node.ts";
import type { Context } from "./scope.ts";
import { trinoName } from "./type.ts";
import type { Value } from "./value.ts";

export interface Grouping {
  /** The clause. */
  readonly sql: string;
  /** The keys' SQL. */
  readonly keys: ReadonlySet<string>;
  readonly values: readonly Value[];
}

export function groupBy(
  fields: Fields | undefined,
  outputs: readonly Node[],
  outside: Context,
): Grouping | undefined {
  if (fields === undefined) return undefined;
  only("GROUP BY", fields, ["expressions"]);
  const context: Context = {
    ...outside,
    forbidden: { aggregates: "GROUP BY clause", windows: "GROUP BY clause" },
  };
  const values: Value[] = [];
  const read = (node: Node): string => {
    const value = keyOf(node, outputs, context);
    values.push(value);
    // A bare number would be a position to DuckDB.
    return /^\d+$/.test(value.sql) ? `(${value.sql} + 0)` : key(value);
  };
  const items = list(fields["expressions"]).map((node) => element(node, read));
  if (items.length === 0) throw refuse("GROUP BY ALL", "Trino does not know it in this form");
  return { sql: `GROUP BY ${items.join(", ")}`, keys: new Set(values.map(key)), values };
}

function element(node: Node, read: (node: Node) => string): string {
  const [kind, fields] = open(node);
  const name = kind === "function" ? String(fields["name"]).toUpperCase() : "";
  if (name === "ROLLUP" || name === "CUBE" || name === "GROUPING SETS") {
    only(name, fields, ["name", "args", "no_parens"]);
    const sets = list(fields["args"]).map((set) => tuple(set, read, name === "GROUPING SETS"));
    return `${name} (${sets.join(", ")})`;
  }
  return kind === "tuple" ? tuple(node, read, false) : read(node);
}

function tuple(node: Node, read: (node: Node) => string, always: boolean): string {
  const [kind, fields] = open(node);
  if (kind === "tuple") return `(${list(fields["expressions"]).map(read).join(", ")})`;
  const inner = kind === "paren" ? child(fields["this"]) : undefined;
  const sql = read(inner ?? node);
  return always ? `(${sql})` : sql;
}

function keyOf(node: Node, outputs: readonly Node[], context: Context): Value {
  const number = literal(node);
  const value =
    number !== undefined && number[0] === "number"
      ? position(number[1], outputs, context)
      : context.statement.expression(node, context);
  const { kind } = value.type;
  if (kind === "map") throw refuse(`GROUP BY on ${trinoName(value.type)}`, "maps compare otherwise");
  if (value.type.kind === "timestamptz" && value.type.zone === null) {
    throw refuse(
      "GROUP BY on a timestamp whose zone is a column",
      "equal instants have different clocks",
      "cast(… AS timestamp(6)) around it",
    );
  }
  return value;
}

function position(text: string, outputs: readonly Node[], context: Context): Value {
  const node = outputs[Number(text) - 1];
  if (node === undefined)
    throw new AthenaError("SYNTAX_ERROR", `GROUP BY position ${text} is not in select list`);
  const [kind, fields] = open(node);
  if (kind === "star" || outputs.some((output) => "star" in output))
    throw refuse("GROUP BY a position beside *", "positions would shift");
  const expression = kind === "alias" ? child(fields["this"]) : node;
  if (expression === undefined) throw refuse("GROUP BY a position", "nothing stands there");
  return context.statement.expression(expression, context);
}
