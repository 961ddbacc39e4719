/** An expression of the query as typed DuckDB SQL: one case per kind of node, everything else refused by name. */

import { arithmetic, negated } from "./arithmetic.ts";
import { asCall } from "./call.ts";
import { caseWhen } from "./case-when.ts";
import { coerce, unify } from "./cast.ts";
import { castNode } from "./cast-node.ts";
import { columnOf, fieldOf } from "./column.ts";
import { compare, distinct, key } from "./comparison.ts";
import { joined } from "./concatenation.ts";
import { refuse, refuseUnknown } from "./errors.ts";
import { callFunction } from "./functions/call-function.ts";
import { callWindow } from "./functions/window.ts";
import { interval, literalValue } from "./literal.ts";
import { isIn, quantified, scalarSubquery } from "./membership.ts";
import { child, type Fields, list, type Node, only, open, required } from "./node.ts";
import type { Context } from "./scope.ts";
import { sub } from "./scope.ts";
import { array, boolean, varchar } from "./type.ts";
import { made, type Value } from "./value.ts";

export function expression(node: Node, context: Context): Value {
  const value = build(node, context);
  // A group key stands for itself: the columns inside it are no longer read.
  return context.keys.has(key(value)) ? { ...value, columns: [] } : value;
}

function build(node: Node, context: Context): Value {
  const [kind, fields] = open(node);
  const handler = HANDLERS[kind];
  if (handler !== undefined) return handler(fields, context, node);
  const call = asCall(node);
  if (call !== undefined) return callFunction(call, context);
  throw refuseUnknown(`'${kind.replaceAll("_", " ")}'`, "it is not on the list of faithful syntax");
}

type Handler = (fields: Fields, context: Context, node: Node) => Value;

const HANDLERS: Readonly<Record<string, Handler>> = {
  paren: (f, context) => {
    only("Parentheses", f, ["this"]);
    return sub(f["this"], context);
  },
  column: (_, context, node) => columnOf(node, context),
  dot: (_, context, node) => fieldOf(node, context),
  literal: (_f, _context, node) => literalValue(node),
  interval: (f) => interval(f),
  boolean: (f) => ({
    ...made(boolean, f["value"] === true ? "true" : "false"),
    constant: String(f["value"]),
  }),
  null: () => made({ kind: "unknown" }, "NULL"),
  add: binary((a, b) => arithmetic("+", a, b)),
  sub: binary((a, b) => arithmetic("-", a, b)),
  mul: binary((a, b) => arithmetic("*", a, b)),
  div: binary((a, b) => arithmetic("/", a, b)),
  mod: binary((a, b) => arithmetic("%", a, b)),
  eq: binary((a, b) => compare("=", a, b)),
  neq: binary((a, b) => compare("<>", a, b)),
  lt: binary((a, b) => compare("<", a, b)),
  lte: binary((a, b) => compare("<=", a, b)),
  gt: binary((a, b) => compare(">", a, b)),
  gte: binary((a, b) => compare(">=", a, b)),
  null_safe_eq: binary((a, b) => distinct(true, a, b)),
  null_safe_neq: binary((a, b) => distinct(false, a, b)),
  and: binary((a, b) => logic("AND", a, b)),
  or: binary((a, b) => logic("OR", a, b)),
  concat: binary(joined),
  neg: (f, context) => {
    only("'-'", f, ["this"]);
    return negated(sub(f["this"], context));
  },
  not: (f, context) => {
    only("NOT", f, ["this"]);
    const value = coerce(sub(f["this"], context), boolean, "NOT");
    return made(boolean, `(NOT ${value.sql})`, [value]);
  },
  is_null: (f, context) => {
    only("IS NULL", f, ["this", "not", "postfix_form"]);
    const value = sub(f["this"], context);
    return made(boolean, `(${value.sql} IS ${f["not"] === true ? "NOT " : ""}NULL)`, [value]);
  },
  between: (f, context) => {
    only("BETWEEN", f, ["this", "low", "high", "not"]);
    const [value, low, high] = [sub(f["this"], context), sub(f["low"], context), sub(f["high"], context)];
    const within = logic("AND", compare(">=", value, low), compare("<=", value, high));
    return f["not"] === true ? made(boolean, `(NOT ${within.sql})`, [within]) : within;
  },
  in: isIn,
  like: (f, context) => {
    only("LIKE", f, ["left", "right", "escape"]);
    const [text, pattern] = [sub(f["left"], context), sub(f["right"], context)].map((v) =>
      coerce(v, varchar, "LIKE"),
    );
    if (text === undefined || pattern === undefined) throw refuse("LIKE", "a side is missing");
    const escaped = f["escape"] === undefined || f["escape"] === null ? undefined : sub(f["escape"], context);
    const suffix = escaped === undefined ? "" : ` ESCAPE ${coerce(escaped, varchar, "ESCAPE").sql}`;
    return made(boolean, `(${text.sql} LIKE ${pattern.sql}${suffix})`, [text, pattern]);
  },
  case: caseWhen,
  cast: (f, context) => castNode(f, context, false),
  try_cast: (f, context) => castNode(f, context, true),
  at_time_zone: (f, context) => {
    only("AT TIME ZONE", f, ["this", "zone"]);
    return named("at_timezone", [child(f["this"]), child(f["zone"])], context);
  },
  extract: (f, context) => {
    only("EXTRACT", f, ["this", "field"]);
    const field = String(child(f["field"])?.["Custom"] ?? f["field"]);
    const name = EXTRACTED[field.toLowerCase()];
    if (name === undefined) throw refuse(`EXTRACT(${field})`, "this field is not known");
    return named(name, [child(f["this"])], context);
  },
  trim: trimmed,
  array_func: (f, context) => {
    only("ARRAY", f, ["expressions", "bracket_notation"]);
    const items = list(f["expressions"]).map((item) => context.statement.expression(item, context));
    if (items.length === 0) return made(array({ kind: "unknown" }), "CAST([] AS INTEGER[])");
    const { type, values } = unify(items, "ARRAY");
    return made(array(type), `[${values.map((v) => v.sql).join(", ")}]`, values);
  },
  subscript: (f, context) => {
    only("[ ]", f, ["this", "index"]);
    return named("$subscript", [child(f["this"]), child(f["index"])], context);
  },
  subquery: scalarSubquery,
  exists: (f, context) => {
    only("EXISTS", f, ["this", "not"]);
    const query = context.statement.query(required(f["this"]), context);
    const sql = `${f["not"] === true ? "NOT " : ""}EXISTS (${query.sql})`;
    return { ...made(boolean, `(${sql})`), columns: query.outer };
  },
  any: (f, context) => quantified("ANY", f, context),
  all: (f, context) => quantified("ALL", f, context),
  // What the parser gives up on, such as NOT before LIKE.
  raw: (f) => {
    throw refuse(
      `'${String(f["sql"] ?? f["value"])}'`,
      "the parser does not read it",
      "x NOT LIKE … instead of NOT x LIKE …",
    );
  },
  window_function: (f, context) => callWindow(f, context),
  within_group: (f, context) => {
    only("WITHIN GROUP", f, ["this", "order_by"]);
    const call = asCall(required(f["this"]));
    if (call === undefined) throw refuse("WITHIN GROUP", "only listagg takes it");
    return callFunction({ ...call, orderBy: list(f["order_by"]) }, context);
  },
};

const EXTRACTED: Readonly<Record<string, string>> = {
  year: "year",
  quarter: "quarter",
  month: "month",
  week: "week",
  day: "day",
  day_of_month: "day",
  dayofweek: "day_of_week",
  day_of_week: "day_of_week",
  dow: "day_of_week",
  dayofyear: "day_of_year",
  doy: "day_of_year",
  hour: "hour",
  minute: "minute",
  second: "second",
  yow: "year_of_week",
  year_of_week: "year_of_week",
};

function binary(make: (left: Value, right: Value) => Value): Handler {
  return (fields, context) => {
    only("An operator", fields, ["left", "right"]);
    return make(sub(fields["left"], context), sub(fields["right"], context));
  };
}

/** A call that has its own syntax. */
function named(name: string, args: readonly (Node | undefined)[], context: Context): Value {
  const none = {
    star: false,
    distinct: false,
    filter: undefined,
    orderBy: [],
    ignoreNulls: false,
    bare: false,
  };
  return callFunction({ name, args: args.filter((arg) => arg !== undefined), ...none }, context);
}

function logic(op: "AND" | "OR", left: Value, right: Value): Value {
  const [a, b] = [coerce(left, boolean, op), coerce(right, boolean, op)];
  return made(boolean, `(${a.sql} ${op} ${b.sql})`, [a, b]);
}

function trimmed(f: Fields, context: Context): Value {
  only("TRIM", f, ["this", "characters", "position"]);
  const name = { both: "trim", leading: "ltrim", trailing: "rtrim" }[
    String(f["position"] ?? "both").toLowerCase()
  ];
  if (name === undefined) throw refuse(`TRIM(${String(f["position"])})`, "this form is not known");
  return named(name, [child(f["this"]), child(f["characters"])], context);
}
