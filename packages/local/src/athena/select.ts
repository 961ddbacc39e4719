/** One SELECT: names are resolved as Trino resolves them, and DuckDB is given nothing but ids and positions. */

import { coerce } from "./cast.ts";
import { key } from "./comparison.ts";
import { AthenaError, refuse } from "./errors.ts";
import { type Grouping, groupBy } from "./group-by.ts";
import { bare, child, type Fields, identifier, list, literal, type Node, only, open } from "./node.ts";
import { ordering } from "./ordering.ts";
import { fromClause, starColumns } from "./relation.ts";
import type { Column, Context, Query } from "./scope.ts";
import { boolean, trinoName } from "./type.ts";
import { made, type Value } from "./value.ts";

/** An output of the SELECT. */
interface Item {
  readonly id: string;
  readonly name: string | null;
  readonly value: Value;
}

const CLAUSES = [
  "expressions",
  "from",
  "joins",
  "where_clause",
  "group_by",
  "having",
  "order_by",
  "limit",
  "offset",
  "fetch",
  "distinct",
  "with",
  "windows",
];

/** `rowLimit` writes LIMIT and OFFSET; `with` was read before. */
export function select(fields: Fields, outside: Context, rowLimit: (fields: Fields) => string): Query {
  only("SELECT", fields, CLAUSES);
  const from = fromClause(
    list(child(fields["from"])?.["expressions"]),
    list(fields["joins"]),
    inner(outside, []),
  );
  const context: Context = { ...inner(outside, from.columns), windows: windowsOf(fields) };
  const where = conditionOf(child(fields["where_clause"])?.["this"], "WHERE", {
    ...context,
    forbidden: { aggregates: "WHERE clause", windows: "WHERE clause" },
  });
  const written = list(fields["expressions"]);
  const grouping = groupBy(child(fields["group_by"]), written, context);
  const grouped: Context = { ...context, keys: grouping?.keys ?? new Set() };
  const items = written.flatMap((node) => outputs(node, grouped));
  const having = conditionOf(child(fields["having"])?.["this"], "HAVING", {
    ...grouped,
    forbidden: { windows: "HAVING clause" },
  });
  const distinct = fields["distinct"] === true;
  const orders = list(child(fields["order_by"])?.["expressions"]).map((node) =>
    orderItem(node, items, distinct, grouped),
  );
  const values = [
    ...items.map((item) => item.value),
    ...(having === undefined ? [] : [having]),
    ...orders.flatMap((order) => order.value ?? []),
  ];
  const local = new Set(from.columns.map((column) => column.id));
  checkGrouping(values, grouping, local, from.columns);
  if (distinct) for (const item of items) checkDistinct(item);
  const sql = [
    `SELECT ${distinct ? "DISTINCT " : ""}${items.map((item) => `${item.value.sql} AS ${item.id}`).join(", ")}`,
    from.sql === "" ? "" : `FROM ${from.sql}`,
    where === undefined ? "" : `WHERE ${where.sql}`,
    grouping === undefined ? "" : grouping.sql,
    having === undefined ? "" : `HAVING ${having.sql}`,
    orders.length === 0 ? "" : `ORDER BY ${orders.map((order) => order.sql).join(", ")}`,
    rowLimit(fields),
  ];
  const read = [...values, ...(where === undefined ? [] : [where]), ...(grouping?.values ?? [])].flatMap(
    (value) => value.columns,
  );
  return {
    sql: sql.filter((part) => part !== "").join(" "),
    columns: items.map(({ id, name, value }) => ({ id, name, type: value.type })),
    outer: [...from.outer, ...read.filter((id) => !local.has(id))],
  };
}

/** Inside a query the outside's columns are a scope further out, and its groups and rules don't count. */
function inner(outside: Context, columns: readonly Column[]): Context {
  return {
    ...outside,
    scope: { columns, parent: outside.scope },
    keys: new Set(),
    forbidden: {},
    windows: new Map(),
  };
}

function windowsOf(fields: Fields): ReadonlyMap<string, Node> {
  const windows = new Map<string, Node>();
  for (const item of list(fields["windows"])) {
    only("WINDOW", item, ["name", "spec"]);
    const [name, spec] = [identifier(item["name"]), child(item["spec"])];
    if (name !== undefined && spec !== undefined) windows.set(name.toLowerCase(), spec);
  }
  return windows;
}

function conditionOf(value: unknown, clause: string, context: Context): Value | undefined {
  const node = child(value);
  return node === undefined
    ? undefined
    : coerce(context.statement.expression(node, context), boolean, clause);
}

function outputs(node: Node, context: Context): Item[] {
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

interface Order {
  readonly sql: string;
  /** Absent when an output is meant, which was checked already. */
  readonly value?: Value;
}

/** A position, the name of an output, or an expression in which names of outputs come first. */
function orderItem(node: Node, items: readonly Item[], distinct: boolean, context: Context): Order {
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

/** In a grouped query whatever is read outside of an aggregate must be a group key. */
function checkGrouping(
  values: readonly Value[],
  grouping: Grouping | undefined,
  local: ReadonlySet<string>,
  columns: readonly Column[],
): void {
  if (grouping === undefined && !values.some((value) => value.aggregate)) return;
  const loose = values.flatMap((value) => value.columns).find((id) => local.has(id));
  if (loose === undefined) return;
  const name = columns.find((column) => column.id === loose)?.name ?? "an expression";
  throw new AthenaError(
    "EXPRESSION_NOT_AGGREGATE",
    `'${name}' must be an aggregate expression or appear in GROUP BY clause`,
  );
}

function checkDistinct(item: Item): void {
  const { type } = item.value;
  if (type.kind === "timestamptz" && type.zone === null) {
    throw refuse(
      `SELECT DISTINCT of a ${trinoName(type)} whose zone is a column`,
      "the zone to keep",
      "cast(… AS timestamp(6))",
    );
  }
}
