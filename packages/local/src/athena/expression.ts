/** An expression of the query as typed DuckDB SQL: one case per kind of node, everything else refused by name. */

import { arithmetic, negated } from "./arithmetic.ts";
import { asCall } from "./call.ts";
import { cast, coerce, unify } from "./cast.ts";
import { columnOf, fieldOf } from "./column.ts";
import { comparable, compare, distinct, key } from "./comparison.ts";
import { AthenaError, refuse } from "./errors.ts";
import { callFunction } from "./functions/call-function.ts";
import { callWindow } from "./functions/window.ts";
import { interval, literalValue } from "./literal.ts";
import { child, type Fields, list, literal, type Node, only, open } from "./node.ts";
import type { Context } from "./scope.ts";
import { array, boolean, type Type, trinoName, varchar } from "./type.ts";
import { castType } from "./type-node.ts";
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
  throw refuse(`'${kind.replaceAll("_", " ")}'`, "it is not on the list of faithful syntax");
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

function required(value: unknown): Node {
  const node = child(value);
  if (node === undefined) throw refuse("This syntax", "a part of its tree is missing");
  return node;
}

function sub(value: unknown, context: Context): Value {
  return context.statement.expression(required(value), context);
}

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

/** `||` joins texts, arrays, or an array and an element; NULL makes NULL. */
function joined(left: Value, right: Value): Value {
  if (left.type.kind === "array" || right.type.kind === "array") return joinedArrays(left, right);
  if (left.type.kind === "varbinary" || right.type.kind === "varbinary") {
    throw refuse("|| on varbinary", "only texts and arrays are joined");
  }
  const [a, b] = [coerce(left, varchar, "||"), coerce(right, varchar, "||")];
  // A literal NULL would make DuckDB forget the type.
  const sql = `(${a.sql} || ${b.sql})`;
  const untyped = left.type.kind === "unknown" || right.type.kind === "unknown";
  return made(varchar, untyped ? `CAST(${sql} AS VARCHAR)` : sql, [a, b]);
}

function joinedArrays(left: Value, right: Value): Value {
  const whole = (value: Value): Value =>
    value.type.kind === "array" ? value : made(array(value.type), `[${value.sql}]`, [value]);
  if (left.type.kind === "unknown" || right.type.kind === "unknown")
    throw refuse("|| of an array and NULL", "it may mean an element");
  const { type, values } = unify([whole(left), whole(right)], "||");
  const nulls = values.map((value) => `${value.sql} IS NULL`).join(" OR ");
  return made(
    type,
    `CASE WHEN ${nulls} THEN NULL ELSE list_concat(${values.map((value) => value.sql).join(", ")}) END`,
    values,
  );
}

function castNode(f: Fields, context: Context, safe: boolean): Value {
  only("CAST", f, ["this", "to"]);
  const value = sub(f["this"], context);
  const bareDecimal = child(f["to"])?.["data_type"] === "decimal" && child(f["to"])?.["precision"] == null;
  if (bareDecimal && literal(f["this"])?.[0] === "string") {
    throw refuse(
      "DECIMAL '…' and a cast of a literal to DECIMAL",
      "they look alike to the parser",
      "decimal(p,s), or the number itself",
    );
  }
  const { type, length } = castType(required(f["to"]), value.type);
  if (type.kind === "timestamptz" && value.type.kind === "timestamptz") {
    // The zone stays what it was.
    return cast(value, { ...type, zone: value.type.zone }, safe);
  }
  const result = cast(value, type, safe);
  return length === undefined ? result : made(type, `left(${result.sql}, ${length})`, [result]);
}

function caseWhen(f: Fields, context: Context): Value {
  only("CASE", f, ["operand", "whens", "else_", "else", "default"]);
  const operand = child(f["operand"]) === undefined ? undefined : sub(f["operand"], context);
  const whens = (Array.isArray(f["whens"]) ? f["whens"] : []) as readonly (readonly [Node, Node])[];
  const tests = whens.map(([when]) => {
    const value = context.statement.expression(when, context);
    return operand === undefined ? coerce(value, boolean, "CASE WHEN") : compare("=", operand, value);
  });
  const otherwise = child(f["else_"] ?? f["else"] ?? f["default"]);
  const results = whens.map(([, then]) => context.statement.expression(then, context));
  const last = otherwise === undefined ? [] : [context.statement.expression(otherwise, context)];
  const { type, values } = unify([...results, ...last], "CASE");
  const arms = tests.map((test, i) => `WHEN ${test.sql} THEN ${values[i]?.sql}`).join(" ");
  const ending = otherwise === undefined ? "" : ` ELSE ${values[values.length - 1]?.sql}`;
  return made(type, `CASE ${arms}${ending} END`, [...tests, ...values]);
}

function isIn(f: Fields, context: Context): Value {
  only("IN", f, ["this", "expressions", "query", "not"]);
  const value = sub(f["this"], context);
  const not = f["not"] === true ? "NOT " : "";
  const query = child(f["query"]);
  if (query !== undefined) {
    const found = context.statement.query(query, context);
    const [a, sql] = oneColumn(value, found, "IN");
    return {
      ...made(boolean, `(${a.sql} ${not}IN (${sql}))`, [value]),
      columns: [...value.columns, ...found.outer],
    };
  }
  const items = list(f["expressions"]).map((item) => context.statement.expression(item, context));
  if (items.length === 0) throw new AthenaError("SYNTAX_ERROR", "IN needs at least one value");
  const tests = items.map((item) => compare("=", value, item));
  const either = `(${not}(${tests.map((test) => test.sql).join(" OR ")}))`;
  const same = items.every((item) => item.type.kind === value.type.kind && item.constant !== undefined);
  const short = `(${key(value)} ${not}IN (${items.map((item) => item.sql).join(", ")}))`;
  return made(boolean, same && value.type.kind !== "decimal" ? short : either, [value, ...items]);
}

/** A query of one column, beside a value that it is compared with: both as their common type. */
function oneColumn(
  value: Value,
  query: { sql: string; columns: readonly { id: string; type: Type }[] },
  what: string,
): [Value, string] {
  const [column, second] = query.columns;
  if (column === undefined || second !== undefined) {
    throw new AthenaError("SYNTAX_ERROR", `the subquery of ${what} must have one column`);
  }
  const [a, b] = comparable(what, value, made(column.type, column.id));
  if (a.type.kind === "double" || a.type.kind === "real")
    throw refuse(`${what} with a subquery of doubles`, "NaN compares otherwise");
  return [{ ...a, sql: key(a) }, `SELECT ${key(b)} FROM (${query.sql})`];
}

function quantified(word: "ANY" | "ALL", f: Fields, context: Context): Value {
  only(word, f, ["this", "subquery", "op"]);
  const op = { Eq: "=", Neq: "<>", Gt: ">", Gte: ">=", Lt: "<", Lte: "<=" }[String(f["op"])];
  const written = child(f["subquery"]);
  const inner = child(written?.["subquery"])?.["this"] ?? written;
  if (op === undefined || inner === undefined)
    throw refuse(word, "only comparisons with a subquery are known");
  const value = sub(f["this"], context);
  const query = context.statement.query(required(inner), context);
  const [a, sql] = oneColumn(value, query, word);
  return {
    ...made(boolean, `(${a.sql} ${op} ${word} (${sql}))`, [value]),
    columns: [...value.columns, ...query.outer],
  };
}

function scalarSubquery(f: Fields, context: Context): Value {
  only("A subquery", f, ["this"]);
  const query = context.statement.query(required(f["this"]), context);
  const [column, second] = query.columns;
  if (column === undefined || second !== undefined) {
    throw new AthenaError(
      "SYNTAX_ERROR",
      `a subquery used as a value must have one column, found ${query.columns.length}`,
    );
  }
  return { ...made(column.type, `(${query.sql})`), columns: query.outer };
}

function trimmed(f: Fields, context: Context): Value {
  only("TRIM", f, ["this", "characters", "position"]);
  const name = { both: "trim", leading: "ltrim", trailing: "rtrim" }[
    String(f["position"] ?? "both").toLowerCase()
  ];
  if (name === undefined) throw refuse(`TRIM(${String(f["position"])})`, "this form is not known");
  return named(name, [child(f["this"]), child(f["characters"])], context);
}

/** Says what an expression that must be a literal found instead. */
export function notLiteral(what: string, value: Value): AthenaError {
  return refuse(
    `${what} that is not a literal`,
    `found an expression of type ${trinoName(value.type)}`,
    "the literal itself",
  );
}
