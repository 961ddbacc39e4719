/** A call by name: the aggregate or the scalar function that is on the list, or a refusal that says which it was. */

import { nearestName } from "@penstock/contracts/errors.ts";
import type { Call } from "../call.ts";
import { coerce } from "../cast.ts";
import { AthenaError, refuse } from "../errors.ts";
import { ordering } from "../ordering.ts";
import type { Context } from "../scope.ts";
import { bigint, boolean } from "../type.ts";
import { made, type Value } from "../value.ts";
import { type Aggregated, aggregates } from "./aggregate.ts";
import { arrays } from "./array.ts";
import { conditional } from "./conditional.ts";
import { dates } from "./date.ts";
import { dateFormats } from "./date-format.ts";
import { lambdas } from "./lambda.ts";
import { math } from "./math.ts";
import { regexp } from "./regexp.ts";
import type { Scalars } from "./signature.ts";
import { text } from "./text.ts";
import { onAthena } from "./trino-names.ts";
import { WINDOW_ONLY } from "./window-only.ts";

/** Every scalar function that is answered; each has a golden case. */
export const scalars: Scalars = {
  ...math,
  ...text,
  ...regexp,
  ...conditional,
  ...dates,
  ...dateFormats,
  ...arrays,
};

export function callFunction(call: Call, context: Context): Value {
  const { name } = call;
  if (name in WINDOW_ONLY) throw new AthenaError("SYNTAX_ERROR", `Window function ${name} requires OVER`);
  if (name in aggregates) return aggregated(call, context);
  if (name === "grouping") return grouping(call, context);
  if (
    call.distinct ||
    call.filter !== undefined ||
    call.orderBy.length > 0 ||
    call.star ||
    call.ignoreNulls
  ) {
    throw new AthenaError(
      "SYNTAX_ERROR",
      `${name} is not an aggregate function: it takes no DISTINCT, FILTER or ORDER BY`,
    );
  }
  const lambda = lambdas[name];
  if (lambda !== undefined) return lambda(call.args, context, name);
  const scalar = Object.hasOwn(scalars, name) ? scalars[name] : undefined;
  if (scalar === undefined) throw unknownFunction(name);
  return scalar(
    call.args.map((arg) => context.statement.expression(arg, context)),
    name,
  );
}

function aggregated(call: Call, context: Context): Value {
  if (context.forbidden.aggregates !== undefined) {
    throw new AthenaError(
      "SYNTAX_ERROR",
      `${context.forbidden.aggregates} cannot contain aggregations or window functions: ${call.name}`,
    );
  }
  const { type, args, sql, filter } = aggregateOf(call, {
    ...context,
    keys: new Set(),
    forbidden: { aggregates: "an aggregation", windows: "an aggregation" },
  });
  const value = made(type, sql(filter.sql), [...args, ...filter.values]);
  return { ...value, columns: [], aggregate: true };
}

/** The aggregate with what stands inside its parentheses, and its FILTER. */
export function aggregateOf(
  call: Call,
  context: Context,
): Aggregated & { filter: { sql: string; values: readonly Value[] } } {
  const { name } = call;
  const aggregate = Object.hasOwn(aggregates, name) ? aggregates[name] : undefined;
  if (aggregate === undefined) throw unknownFunction(name);
  const read = (node: (typeof call.args)[number]): Value => context.statement.expression(node, context);
  if (call.orderBy.length > 0 && name !== "array_agg" && name !== "listagg") {
    throw refuse(`ORDER BY inside ${name}`, "only array_agg and listagg take it");
  }
  const order = call.orderBy.map((item) => ordering(item, read));
  const where = call.filter === undefined ? undefined : coerce(read(call.filter), boolean, "FILTER");
  const filter = {
    sql: where === undefined ? "" : ` FILTER (WHERE ${where.sql})`,
    values: where === undefined ? [] : [where],
  };
  if (call.star) {
    if (name !== "count") throw new AthenaError("SYNTAX_ERROR", `${name}(*) is not known`);
    return { type: bigint, args: [], sql: (tail) => `count(*)${tail}`, filter };
  }
  const inside = {
    distinct: call.distinct ? "DISTINCT " : "",
    order: order.length === 0 ? "" : ` ORDER BY ${order.map((item) => item.sql).join(", ")}`,
  };
  if (call.distinct && !DISTINCT.has(name))
    throw refuse(`${name}(DISTINCT …)`, "it is not on the list of faithful forms");
  const result = aggregate(call.args.map(read), inside, name);
  return { ...result, args: [...result.args, ...order.map((item) => item.value)], filter };
}

const DISTINCT = new Set([
  "count",
  "sum",
  "avg",
  "array_agg",
  "listagg",
  "min",
  "max",
  "stddev",
  "stddev_samp",
  "stddev_pop",
  "variance",
  "var_samp",
  "var_pop",
]);

function grouping(call: Call, context: Context): Value {
  const args = call.args.map((arg) => context.statement.expression(arg, context));
  const value = made(bigint, `CAST(grouping(${args.map((arg) => arg.sql).join(", ")}) AS BIGINT)`, args);
  return { ...value, aggregate: true };
}

function unknownFunction(name: string): AthenaError {
  if (onAthena.has(name)) {
    return refuse(`Function ${name}`, "it is not on the list of functions whose answers are proven equal");
  }
  const nearest = nearestName(name, [
    ...Object.keys(scalars),
    ...Object.keys(aggregates),
    ...Object.keys(WINDOW_ONLY),
    ...onAthena,
  ]);
  const hint = nearest === undefined ? "" : `; did you mean '${nearest}'?`;
  return new AthenaError("FUNCTION_NOT_FOUND", `Function '${name}' not registered${hint}`);
}
