/** A query: WITH, set operations, VALUES, ORDER BY and LIMIT around SELECTs. */

import { unify } from "./cast.ts";
import { AthenaError, refuse } from "./errors.ts";
import { child, type Fields, identifier, list, type Node, only, open } from "./node.ts";
import { limited, rowLimit } from "./row-limit.ts";
import type { Context, Cte, Query } from "./scope.ts";
import { select } from "./select.ts";
import { setOperation } from "./set-operation.ts";

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
