/** FROM: what stands between commas, and joins. */

import { coerce } from "./cast.ts";
import { compare } from "./comparison.ts";
import { AthenaError, refuse } from "./errors.ts";
import { child, identifier, type Node, only, open } from "./node.ts";
import { aliases, type Joining, type Relation, relation, type Unnest } from "./relation.ts";
import type { Column, Context } from "./scope.ts";
import { boolean } from "./type.ts";
import { unnested } from "./unnest.ts";

/** The whole FROM clause: what stands between commas, then the joins, from left to right. */
export function fromClause(items: readonly Node[], joins: readonly Node[], context: Context): Relation {
  const [first, ...rest] = items;
  if (first === undefined) return { sql: "", columns: [], outer: [] };
  let whole = lateral(undefined, first, context);
  for (const item of rest) whole = lateral(whole, item, context);
  for (const join of joins) whole = joined(whole, join, context);
  return whole;
}

/** The relation at the right of a comma or a CROSS JOIN; an UNNEST there reads the columns at its left. */
function lateral(left: Relation | undefined, node: Node, context: Context): Relation {
  const unnest = asUnnest(node);
  if (unnest !== undefined) return unnested(left, unnest, "inner", context);
  const right = relation(node, context, joiningIn(context));
  if (left === undefined) return right;
  return {
    sql: `${left.sql} CROSS JOIN ${right.sql}`,
    columns: [...left.columns, ...right.columns],
    outer: [...left.outer, ...right.outer],
  };
}

function asUnnest(node: Node): Unnest | undefined {
  const [kind, fields] = open(node);
  if (kind === "unnest") return { fields, alias: undefined, names: [] };
  if (kind !== "alias") return undefined;
  const inner = child(child(fields["this"])?.["unnest"]);
  if (inner === undefined) return undefined;
  only("UNNEST", fields, ["this", "alias", "column_aliases"]);
  return { fields: inner, alias: identifier(fields["alias"]), names: aliases(fields["column_aliases"]) };
}

function joined(left: Relation, node: Node, context: Context): Relation {
  only("A join", node, ["this", "on", "using", "kind"]);
  const kind = String(node["kind"]);
  const target = child(node["this"]);
  if (target === undefined) throw refuse("A join", "its right side is missing");
  if (kind === "Cross" || kind === "Implicit") return lateral(left, target, context);
  const word = { Inner: "INNER", Left: "LEFT", Right: "RIGHT", Full: "FULL" }[kind];
  if (word === undefined)
    throw refuse(`${kind.toUpperCase()} JOIN`, "INNER, LEFT, RIGHT, FULL and CROSS are known");
  const unnest = asUnnest(target);
  if (unnest !== undefined) {
    const always = child(child(node["on"])?.["boolean"])?.["value"] === true;
    if (!always || (word !== "LEFT" && word !== "INNER"))
      throw refuse(`${word} JOIN UNNEST with this condition`, "LEFT JOIN UNNEST … ON TRUE is known");
    return unnested(left, unnest, word === "LEFT" ? "left" : "inner", context);
  }
  const right = relation(target, context, joiningIn(context));
  const outer = [...left.outer, ...right.outer];
  const using = aliases(node["using"]);
  if (using.length > 0) return { ...joinUsing(word, left, right, using), outer };
  const on = child(node["on"]);
  if (on === undefined) throw new AthenaError("SYNTAX_ERROR", `${word} JOIN needs ON or USING`);
  const columns = [...left.columns, ...right.columns];
  const scope = { columns, parent: context.scope.parent };
  const forbidden = { aggregates: "JOIN clause", windows: "JOIN clause" };
  const condition = coerce(
    context.statement.expression(on, { ...context, scope, keys: new Set(), forbidden }),
    boolean,
    "ON",
  );
  const beyond = condition.columns.filter((id) => !columns.some((column) => column.id === id));
  return {
    sql: `${left.sql} ${word} JOIN ${right.sql} ON ${condition.sql}`,
    columns,
    outer: [...outer, ...beyond],
  };
}

/** The columns of USING come once and first; each side's own is found only under its table's name. */
function joinUsing(
  word: string,
  left: Relation,
  right: Relation,
  names: readonly string[],
): Omit<Relation, "outer"> {
  const pairs = names.map((name) => {
    const [a, b] = [own(left, name), own(right, name)];
    const equal = compare("=", asValue(a), asValue(b));
    const sql =
      word === "RIGHT" ? b.sql : word === "FULL" ? `coalesce(${a.sql ?? a.id}, ${b.sql ?? b.id})` : a.sql;
    const merged: Column = {
      id: word === "RIGHT" ? b.id : a.id,
      name: a.name,
      qualifier: [],
      type: a.type,
      ...(sql === undefined ? {} : { sql }),
    };
    if (word === "FULL" && a.type.kind !== b.type.kind)
      throw refuse(`FULL JOIN USING (${name})`, "the two columns have different types", "ON");
    return { equal, merged, sides: [a, b] };
  });
  const hidden = new Set(pairs.flatMap(({ sides }) => sides));
  const rest = [...left.columns, ...right.columns].map((column) =>
    hidden.has(column) ? { ...column, hidden: true } : column,
  );
  const on = pairs.map(({ equal }) => equal.sql).join(" AND ");
  return {
    sql: `${left.sql} ${word} JOIN ${right.sql} ON ${on}`,
    columns: [...pairs.map(({ merged }) => merged), ...rest],
  };
}

function asValue(column: Column) {
  return {
    sql: column.sql ?? column.id,
    type: column.type,
    columns: [column.id],
    aggregate: false,
    window: false,
  };
}

function own(side: Relation, name: string): Column {
  const found = side.columns.filter(
    (column) => column.hidden !== true && column.name?.toLowerCase() === name.toLowerCase(),
  );
  const [column, second] = found;
  if (column === undefined)
    throw new AthenaError("COLUMN_NOT_FOUND", `Column '${name}' is missing from one side of the join`);
  if (second !== undefined) throw new AthenaError("AMBIGUOUS_NAME", `Column '${name}' is ambiguous`);
  return column;
}

function joiningIn(context: Context): Joining {
  return (left, joins) => fromClause([left], joins, context);
}
