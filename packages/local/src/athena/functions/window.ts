/** Window functions and their windows. NULLs come last unless said otherwise, whatever the direction. */

import { asCall, type Call } from "../call.ts";
import { key } from "../comparison.ts";
import { AthenaError, refuse } from "../errors.ts";
import { child, type Fields, identifier, list, type Node, only, open } from "../node.ts";
import { ordering } from "../ordering.ts";
import type { Context } from "../scope.ts";
import { made, type Value } from "../value.ts";
import type { Aggregated } from "./aggregate.ts";
import { aggregateOf } from "./call-function.ts";
import { WINDOW_ONLY } from "./window-only.ts";

export function callWindow(fields: Fields, context: Context): Value {
  only("OVER", fields, ["this", "over"]);
  const node = child(fields["this"]);
  const call = node === undefined ? undefined : asCall(node);
  const over = child(fields["over"]);
  if (call === undefined || over === undefined)
    throw refuse("OVER after this expression", "it is not a function");
  if (context.forbidden.windows !== undefined) {
    throw new AthenaError(
      "SYNTAX_ERROR",
      `${context.forbidden.windows} cannot contain window functions: ${call.name}`,
    );
  }
  const inner = { ...context, forbidden: { ...context.forbidden, windows: "a window function" } };
  const window = specification(over, inner);
  const { type, args, sql, filter } = functionOf(call, inner);
  const value = made(type, sql(`${filter.sql} OVER (${window.sql})`), [
    ...args,
    ...filter.values,
    ...window.values,
  ]);
  return { ...value, window: true };
}

interface Piece {
  readonly sql: string;
  readonly values: readonly Value[];
}

function functionOf(call: Call, context: Context): Aggregated & { filter: Piece } {
  const own = WINDOW_ONLY[call.name];
  if (own === undefined) return aggregateOf(call, context);
  if (call.distinct || call.filter !== undefined || call.orderBy.length > 0 || call.star) {
    throw refuse(`${call.name} with DISTINCT, FILTER or ORDER BY`, "Trino does not take them here");
  }
  const args = call.args.map((arg) => context.statement.expression(arg, context));
  return {
    ...own(args, call.ignoreNulls ? " IGNORE NULLS" : "", call.name),
    filter: { sql: "", values: [] },
  };
}

function specification(over: Fields, context: Context): Piece {
  only("OVER", over, ["window_name", "partition_by", "order_by", "frame"]);
  const name = identifier(over["window_name"]);
  if (name !== undefined) {
    only("OVER a named window", over, ["window_name"]);
    const named = context.windows.get(name.toLowerCase());
    if (named === undefined) throw new AthenaError("SYNTAX_ERROR", `Window '${name}' is not defined`);
    return specification(named, context);
  }
  const partition = list(over["partition_by"]).map((node) => context.statement.expression(node, context));
  const order = list(over["order_by"]).map((node) =>
    ordering(node, (by) => context.statement.expression(by, context)),
  );
  const frame = child(over["frame"]);
  const framed = frame === undefined ? { sql: "", values: [] } : framing(frame, context);
  const sql = [
    partition.length === 0 ? "" : `PARTITION BY ${partition.map(key).join(", ")}`,
    order.length === 0 ? "" : `ORDER BY ${order.map((item) => item.sql).join(", ")}`,
    framed.sql,
  ];
  const values = [...partition, ...order.map((item) => item.value), ...framed.values];
  return { sql: sql.filter((part) => part !== "").join(" "), values };
}

function framing(frame: Fields, context: Context): Piece {
  only("A window's frame", frame, ["kind", "start", "end"]);
  const kind = String(frame["kind"]).toUpperCase();
  if (!["ROWS", "RANGE", "GROUPS"].includes(kind))
    throw refuse(`A frame of ${kind}`, "ROWS, RANGE and GROUPS are known");
  const [start, end] = [
    bound(frame["start"], context),
    frame["end"] == null ? undefined : bound(frame["end"], context),
  ];
  const values = [...start.values, ...(end?.values ?? [])];
  return {
    sql: end === undefined ? `${kind} ${start.sql}` : `${kind} BETWEEN ${start.sql} AND ${end.sql}`,
    values,
  };
}

const FIXED: Readonly<Record<string, string>> = {
  UnboundedPreceding: "UNBOUNDED PRECEDING",
  UnboundedFollowing: "UNBOUNDED FOLLOWING",
  CurrentRow: "CURRENT ROW",
};

function bound(edge: unknown, context: Context): Piece {
  if (typeof edge === "string") return { sql: FIXED[edge] ?? unknownBound(), values: [] };
  const [kind, fields] = open(edge);
  if (kind !== "Preceding" && kind !== "Following") return unknownBound();
  const value = context.statement.expression(fields as Node, context);
  return { sql: `${distance(value)} ${kind.toUpperCase()}`, values: [value] };
}

function distance(value: Value): string {
  if (value.type.kind === "daytime") return `to_microseconds(${value.sql} * 1000)`;
  return value.type.kind === "yearmonth" ? `to_months(${value.sql})` : value.sql;
}

function unknownBound(): never {
  throw refuse("This bound of a window's frame", "its form is not known");
}
