/** A query: WITH, set operations, VALUES, ORDER BY and LIMIT around SELECTs. */

import { cast, unify } from "./cast.ts";
import { AthenaError, refuse } from "./errors.ts";
import { child, type Fields, identifier, list, literal, type Node, only, open } from "./node.ts";
import { ordering } from "./ordering.ts";
import type { Context, Cte, Query } from "./scope.ts";
import { outputOf, select } from "./select.ts";
import { common, type Type, trinoName } from "./type.ts";
import { made } from "./value.ts";

export function query(node: Node, outside: Context): Query {
  const [kind, fields] = open(node);
  const { context, prefix, outer } = withClause(child(fields["with"]), outside);
  const body = bodyOf(kind, fields, context);
  return { ...body, sql: `${prefix}${body.sql}`, outer: [...outer, ...body.outer] };
}

function bodyOf(kind: string, fields: Fields, context: Context): Query {
  switch (kind) {
    case "select":
      return select(fields, context, rowLimit);
    case "union":
    case "intersect":
    case "except":
      return setOperation(kind, fields, context);
    case "values":
      return values(fields, context);
    case "subquery":
    case "paren": {
      only("A query in parentheses", fields, [
        "this",
        "order_by",
        "limit",
        "offset",
        "with",
        "modifiers_inside",
      ]);
      const inner = child(fields["this"]);
      if (inner === undefined) throw refuse("Parentheses", "they hold nothing");
      return limited(query(inner, context), fields, context);
    }
    default:
      throw refuse(`'${kind.replaceAll("_", " ")}'`, "only queries can run");
  }
}

/** The named queries of a WITH, each of which sees those before it. */
function withClause(
  fields: Fields | undefined,
  outside: Context,
): { context: Context; prefix: string; outer: readonly string[] } {
  if (fields === undefined) return { context: outside, prefix: "", outer: [] };
  if (fields["recursive"] === true)
    throw refuse("WITH RECURSIVE", "it is not on the list of faithful syntax");
  only("WITH", fields, ["ctes"]);
  const ctes = new Map<string, Cte>(outside.ctes);
  const parts: string[] = [];
  const outer: string[] = [];
  for (const item of list(fields["ctes"])) {
    only("WITH", item, ["alias", "this", "columns"]);
    const [name, body] = [identifier(item["alias"]), child(item["this"])];
    if (name === undefined || body === undefined) throw refuse("WITH", "its form is not known");
    const found = query(body, { ...outside, ctes });
    const id = outside.statement.nextId("q");
    const names = list(item["columns"]).flatMap((column) => identifier(column) ?? []);
    if (names.length > 0 && names.length !== found.columns.length) {
      throw new AthenaError(
        "SYNTAX_ERROR",
        `WITH query '${name}' has ${found.columns.length} columns, ${names.length} names`,
      );
    }
    ctes.set(name.toLowerCase(), {
      sql: id,
      columns: found.columns.map((column, i) => ({ ...column, name: names[i] ?? column.name })),
    });
    parts.push(`${id} AS (${found.sql})`);
    outer.push(...found.outer);
  }
  return { context: { ...outside, ctes }, prefix: `WITH ${parts.join(", ")} `, outer };
}

function setOperation(kind: "union" | "intersect" | "except", fields: Fields, context: Context): Query {
  only(kind.toUpperCase(), fields, [
    "left",
    "right",
    "all",
    "distinct",
    "order_by",
    "limit",
    "offset",
    "with",
  ]);
  const [left, right] = [child(fields["left"]), child(fields["right"])];
  if (left === undefined || right === undefined) throw refuse(kind.toUpperCase(), "a side is missing");
  // INTERSECT binds tighter than UNION and EXCEPT, which the parser doesn't know.
  if (kind === "intersect" && ("union" in left || "except" in left)) {
    throw refuse(
      "INTERSECT after UNION or EXCEPT",
      "the parser reads it in the wrong order",
      "parentheses around the INTERSECT",
    );
  }
  const sides = [query(left, context), query(right, context)] as const;
  const types = together(kind, sides[0], sides[1]);
  const all = fields["all"] === true;
  for (const type of types) {
    if (!all && (type.kind === "map" || (type.kind === "timestamptz" && type.zone === null))) {
      throw refuse(
        `${kind.toUpperCase()} of ${trinoName(type)}`,
        "such values compare otherwise",
        "UNION ALL",
      );
    }
  }
  const columns = types.map((type, i) => ({
    id: context.statement.nextId("c"),
    name: sides[0].columns[i]?.name ?? null,
    type,
  }));
  const read = (side: Query): string => {
    const items = side.columns.map((column, i) => {
      const target = columns[i];
      return target === undefined
        ? ""
        : `${cast(made(column.type, column.id), target.type, false).sql} AS ${target.id}`;
    });
    return `(SELECT ${items.join(", ")} FROM (${side.sql}) AS ${context.statement.nextId("r")})`;
  };
  const sql = `${read(sides[0])} ${kind.toUpperCase()}${all ? " ALL" : ""} ${read(sides[1])}`;
  return limited({ sql, columns, outer: [...sides[0].outer, ...sides[1].outer] }, fields, context);
}

function together(kind: string, left: Query, right: Query): readonly Type[] {
  if (left.columns.length !== right.columns.length) {
    throw new AthenaError(
      "TYPE_MISMATCH",
      `${kind.toUpperCase()} query has different number of fields: ${left.columns.length}, ${right.columns.length}`,
    );
  }
  return left.columns.map((column, i) => {
    const other = right.columns[i]?.type ?? column.type;
    const type = common(column.type, other);
    if (type !== undefined) return type;
    throw new AthenaError(
      "TYPE_MISMATCH",
      `column ${i + 1} in ${kind.toUpperCase()} query has incompatible types: ${trinoName(column.type)}, ${trinoName(other)}`,
    );
  });
}

/** ORDER BY and LIMIT after a set operation or parentheses: they know the outputs only. */
function limited(inner: Query, fields: Fields, context: Context): Query {
  const orders = list(child(fields["order_by"])?.["expressions"]).map((item) => {
    const by = child(item["this"]);
    const output = by === undefined ? undefined : outputOf(by, inner.columns);
    const scope = {
      columns: inner.columns.map((column) => ({ ...column, qualifier: [] })),
      parent: undefined,
    };
    return ordering(item, (node) =>
      output === undefined
        ? context.statement.expression(node, { ...context, scope })
        : made(output.type, output.id),
    ).sql;
  });
  const limit = rowLimit(fields);
  if (orders.length === 0 && limit === "") return inner;
  const order = orders.length === 0 ? "" : ` ORDER BY ${orders.join(", ")}`;
  return {
    ...inner,
    sql: `SELECT * FROM (${inner.sql}) AS ${context.statement.nextId("r")}${order}${limit === "" ? "" : ` ${limit}`}`,
  };
}

/** LIMIT or FETCH FIRST, and OFFSET: literals only. */
function rowLimit(fields: Fields): string {
  const fetch = child(fields["fetch"]);
  if (fetch !== undefined) only("FETCH FIRST", fetch, ["direction", "count", "rows"]);
  const limit = count(fetch?.["count"] ?? fields["limit"], "LIMIT");
  const offset = count(fields["offset"], "OFFSET");
  return [limit === undefined ? "" : `LIMIT ${limit}`, offset === undefined ? "" : `OFFSET ${offset}`]
    .filter((part) => part !== "")
    .join(" ");
}

function count(value: unknown, clause: string): string | undefined {
  const node = child(value);
  if (node === undefined) return undefined;
  const inner = child(node["this"]) ?? node;
  if (identifier(child(inner["column"])?.["name"])?.toLowerCase() === "all") return undefined;
  const number = literal(inner);
  if (number?.[0] !== "number" || !/^\d+$/.test(number[1]))
    throw refuse(`${clause} of something that is not a number`, "only literals are known");
  return number[1];
}

function values(fields: Fields, context: Context): Query {
  only("VALUES", fields, ["expressions", "order_by", "limit", "offset", "with"]);
  const rows = list(fields["expressions"]).map((row) =>
    list(row["expressions"]).map((node) => context.statement.expression(node, context)),
  );
  const width = rows[0]?.length ?? 0;
  if (width === 0 || rows.some((row) => row.length !== width))
    throw new AthenaError("SYNTAX_ERROR", "Values rows have mismatched sizes");
  const columns = Array.from({ length: width }, (_, i) => {
    const unified = unify(
      rows.flatMap((row) => row[i] ?? []),
      "VALUES",
    );
    return { id: context.statement.nextId("c"), name: null, ...unified };
  });
  const lines = rows.map(
    (_, r) => `SELECT ${columns.map((column) => `${column.values[r]?.sql} AS ${column.id}`).join(", ")}`,
  );
  const outer = rows.flat().flatMap((value) => value.columns);
  return limited(
    {
      sql: lines.join(" UNION ALL "),
      columns: columns.map(({ id, name, type }) => ({ id, name, type })),
      outer,
    },
    fields,
    context,
  );
}
