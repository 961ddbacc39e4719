/** One SELECT: names are resolved as Trino resolves them, and DuckDB is given nothing but ids and positions. */

import { coerce } from "./cast.ts";
import { AthenaError, refuse } from "./errors.ts";
import { fromClause } from "./from-clause.ts";
import { type Grouping, groupBy } from "./group-by.ts";
import { child, type Fields, identifier, list, type Node, only } from "./node.ts";
import { orderItem } from "./order-by.ts";
import { type Item, outputs } from "./outputs.ts";
import type { Column, Context, Query } from "./scope.ts";
import { boolean, trinoName } from "./type.ts";
import type { Value } from "./value.ts";

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
