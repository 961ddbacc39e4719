/** FROM: tables, subqueries, VALUES, UNNEST and joins, each as a relation whose columns have ids of their own. */

import { coerce } from "./cast.ts";
import { compare } from "./comparison.ts";
import { AthenaError, refuse } from "./errors.ts";
import { child, type Fields, identifier, list, type Node, only, open } from "./node.ts";
import { type Column, type Context, qualifies } from "./scope.ts";
import { boolean, type Type } from "./type.ts";
import { unnested } from "./unnest.ts";
import { quoteName } from "./value.ts";

/** A piece of the FROM clause. `outer` are columns of enclosing queries that it reads. */
export interface Relation {
  readonly sql: string;
  readonly columns: readonly Column[];
  readonly outer: readonly string[];
}

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
  const right = relation(node, context);
  if (left === undefined) return right;
  return {
    sql: `${left.sql} CROSS JOIN ${right.sql}`,
    columns: [...left.columns, ...right.columns],
    outer: [...left.outer, ...right.outer],
  };
}

/** An UNNEST, with the alias and the names of its columns. */
export interface Unnest {
  readonly fields: Fields;
  readonly alias: string | undefined;
  readonly names: readonly string[];
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

function aliases(value: unknown): readonly string[] {
  return list(value).flatMap((name) => identifier(name) ?? []);
}

function relation(node: Node, context: Context): Relation {
  const [kind, fields] = open(node);
  switch (kind) {
    case "table":
      return table(fields, context);
    case "subquery":
      return subquery(fields, context);
    case "joined_table": {
      only("A join in parentheses", fields, ["left", "joins"]);
      const left = child(fields["left"]);
      if (left === undefined) throw refuse("A join in parentheses", "its left side is missing");
      const whole = fromClause([left], list(fields["joins"]), context);
      return { ...whole, sql: `(${whole.sql})` };
    }
    case "paren": {
      const inner = child(fields["this"]);
      if (inner === undefined) throw refuse("Parentheses in FROM", "they hold nothing");
      return relation(inner, context);
    }
    case "function":
      throw refuse(`Table function ${String(fields["name"])}`, "only tables of the lake can be read");
    default:
      throw refuse(`'${kind.replaceAll("_", " ")}' in FROM`, "it is not on the list of faithful syntax");
  }
}

function table(fields: Fields, context: Context): Relation {
  only("A table", fields, ["name", "schema", "catalog", "alias", "column_aliases"]);
  const parts = ["catalog", "schema", "name"].flatMap((part) => identifier(fields[part]) ?? []);
  const alias = identifier(fields["alias"]);
  const names = aliases(fields["column_aliases"]);
  const cte = parts.length === 1 ? context.ctes.get(parts[0]?.toLowerCase() ?? "") : undefined;
  const source = cte === undefined ? context.statement.table(parts) : undefined;
  const from = cte?.sql ?? source?.from ?? "";
  const columns =
    cte?.columns.map(({ id, name, type }) => ({ read: id, name, type })) ??
    source?.columns.map(({ name, type }) => ({ read: quoteName(name), name, type })) ??
    [];
  return named(from, columns, alias === undefined ? parts : [alias], names, [], context);
}

function subquery(fields: Fields, context: Context): Relation {
  only("A subquery", fields, ["this", "alias", "column_aliases", "modifiers_inside"]);
  const inner = child(fields["this"]);
  if (inner === undefined) throw refuse("A subquery", "it is empty");
  // It doesn't see its neighbours, only the enclosing queries.
  const query = context.statement.query(inner, context);
  const alias = identifier(fields["alias"]);
  const columns = query.columns.map(({ id, name, type }) => ({ read: id, name, type }));
  return named(
    `(${query.sql})`,
    columns,
    alias === undefined ? [] : [alias],
    aliases(fields["column_aliases"]),
    query.outer,
    context,
  );
}

/** Gives every column an id; `names`, when given, replace all of theirs. */
function named(
  from: string,
  columns: readonly { read: string; name: string | null; type: Type }[],
  qualifier: readonly string[],
  names: readonly string[],
  outer: readonly string[],
  context: Context,
): Relation {
  if (names.length > 0 && names.length !== columns.length) {
    throw new AthenaError(
      "SYNTAX_ERROR",
      `Column alias list has ${names.length} entries but '${qualifier.join(".")}' has ${columns.length} columns`,
    );
  }
  const own = columns.map(
    ({ name, type }, i): Column => ({
      id: context.statement.nextId("c"),
      name: names[i] ?? name,
      qualifier,
      type,
    }),
  );
  // What can't be read is left out, so that the other columns can.
  const readable = own.flatMap((column, i) =>
    column.type.kind === "foreign" ? [] : [`${columns[i]?.read} AS ${column.id}`],
  );
  const sql = `(SELECT ${readable.length === 0 ? "1" : readable.join(", ")} FROM ${from}) AS ${context.statement.nextId("r")}`;
  return { sql, columns: own, outer };
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
  const right = relation(target, context);
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

/** What `t.*`, or `*`, stands for. */
export function starColumns(columns: readonly Column[], qualifier: readonly string[]): readonly Column[] {
  if (qualifier.length === 0) return columns.filter((column) => column.hidden !== true);
  const found = columns.filter((column) => qualifies(column, qualifier));
  if (found.length === 0)
    throw new AthenaError("TABLE_NOT_FOUND", `Table '${qualifier.join(".")}' not found in FROM`);
  return found;
}
