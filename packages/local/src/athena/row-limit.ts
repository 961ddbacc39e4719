/** ORDER BY and LIMIT around a whole query. */

import { refuse } from "./errors.ts";
import { child, type Fields, identifier, list, literal, only } from "./node.ts";
import { outputOf } from "./order-by.ts";
import { ordering } from "./ordering.ts";
import type { Context, Query } from "./scope.ts";
import { made } from "./value.ts";

/** ORDER BY and LIMIT after a set operation or parentheses: they know the outputs only. */
export function limited(inner: Query, fields: Fields, context: Context): Query {
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
export function rowLimit(fields: Fields): string {
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
