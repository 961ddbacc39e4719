/** Aggregate functions; each can also run over a window. */

import { cast, coerce } from "../cast.ts";
import { key } from "../comparison.ts";
import { AthenaError, refuse } from "../errors.ts";
import {
  array,
  bigint,
  boolean,
  decimal,
  double,
  duckName,
  isFloating,
  isInteger,
  isNumeric,
  type Type,
  trinoName,
  varchar,
} from "../type.ts";
import type { Value } from "../value.ts";
import { percentile } from "./percentile.ts";
import { arity, at } from "./signature.ts";

/** What stands inside the parentheses besides the arguments. */
export interface Inside {
  /** `DISTINCT ` or nothing. */
  readonly distinct: string;
  /** ` ORDER BY …` or nothing. */
  readonly order: string;
}

/** `tail` is what follows the parentheses: FILTER and OVER. */
export interface Aggregated {
  readonly type: Type;
  readonly args: readonly Value[];
  sql(tail: string): string;
}

export type Aggregate = (args: readonly Value[], inside: Inside, name: string) => Aggregated;

export const aggregates: Readonly<Record<string, Aggregate>> = {
  count: (args, inside, name) => {
    arity(name, args, 1);
    const x = at(args, 0, name);
    return { type: bigint, args, sql: (tail) => `count(${inside.distinct}${key(x)})${tail}` };
  },
  count_if: (args, _, name) => {
    const x = coerce(at(args, 0, name), boolean, name);
    return { type: bigint, args: [x], sql: (tail) => `count(CASE WHEN ${x.sql} THEN 1 END)${tail}` };
  },
  sum,
  avg: average,
  min: extreme("min"),
  max: extreme("max"),
  min_by: by("arg_min_null"),
  max_by: by("arg_max_null"),
  any_value: (args, _, name) => any(args, name),
  arbitrary: (args, _, name) => any(args, name),
  bool_and: logical("bool_and"),
  every: logical("bool_and"),
  bool_or: logical("bool_or"),
  array_agg: (args, inside, name) => {
    arity(name, args, 1);
    const x = at(args, 0, name);
    return {
      type: array(x.type),
      args: [x],
      sql: (tail) => `array_agg(${inside.distinct}${x.sql}${inside.order})${tail}`,
    };
  },
  listagg: (args, inside, name) => {
    arity(name, args, 1, 2);
    const x = coerce(at(args, 0, name), varchar, name);
    const separator = args[1]?.constant ?? (args[1] === undefined ? "" : undefined);
    if (separator === undefined) throw refuse("listagg with a separator that is not a literal", "it varies");
    return {
      type: varchar,
      args: [x],
      sql: (tail) => `string_agg(${inside.distinct}${x.sql}, ${args[1]?.sql ?? "''"}${inside.order})${tail}`,
    };
  },
  map_agg: (args, _, name) => {
    arity(name, args, 2);
    const [k, v] = [at(args, 0, name), at(args, 1, name)];
    const pairs = (tail: string): string =>
      `list(CASE WHEN ${k.sql} IS NOT NULL THEN struct_pack(k := ${k.sql}, v := ${v.sql}) END)${tail}`;
    return {
      type: { kind: "map", key: k.type, value: v.type },
      args,
      sql: (tail) => `trino_map(${pairs(tail)})`,
    };
  },
  // The exact count: Trino's own answer is an estimate around it (2.3 % standard error).
  approx_distinct: (args, _, name) => {
    arity(name, args, 1);
    const x = at(args, 0, name);
    return { type: bigint, args, sql: (tail) => `count(DISTINCT ${key(x)})${tail}` };
  },
  approx_percentile: percentile,
  stddev: spread("stddev_samp"),
  stddev_samp: spread("stddev_samp"),
  stddev_pop: spread("stddev_pop"),
  variance: spread("var_samp"),
  var_samp: spread("var_samp"),
  var_pop: spread("var_pop"),
};

function number(value: Value, name: string): Value {
  const x = value.type.kind === "unknown" ? cast(value, double, false) : value;
  if (isNumeric(x.type) || x.type.kind === "daytime" || x.type.kind === "yearmonth") return x;
  throw new AthenaError("TYPE_MISMATCH", `${name} wants a number, found ${trinoName(x.type)}`);
}

function sum(args: readonly Value[], inside: Inside, name: string): Aggregated {
  arity(name, args, 1);
  const x = number(at(args, 0, name), name);
  const type = isInteger(x.type) ? bigint : x.type.kind === "decimal" ? decimal(38, x.type.scale) : x.type;
  return {
    type,
    args: [x],
    sql: (tail) => `CAST(sum(${inside.distinct}${x.sql})${tail} AS ${duckName(type)})`,
  };
}

/** Of decimals a decimal, rounded half away from zero; of everything else a double. */
function average(args: readonly Value[], inside: Inside, name: string): Aggregated {
  arity(name, args, 1);
  const x = number(at(args, 0, name), name);
  const { type } = x;
  if (type.kind === "decimal") {
    const call = `${inside.distinct}${x.sql}`;
    const sql = (tail: string): string =>
      `CAST(trino_average(sum(${call})${tail}, count(${call})${tail}, ${type.scale}) AS ${duckName(type)})`;
    return { type, args: [x], sql };
  }
  if (!isNumeric(type))
    throw refuse(`avg of ${trinoName(type)}`, "only numbers are", "avg(to_milliseconds(…))");
  const result = type.kind === "real" ? type : double;
  return {
    type: result,
    args: [x],
    sql: (tail) => `CAST(avg(${inside.distinct}${x.sql})${tail} AS ${duckName(result)})`,
  };
}

function single(value: Value, name: string): Value {
  const { kind } = value.type;
  if (["array", "map", "row"].includes(kind))
    throw refuse(`${name} of ${trinoName(value.type)}`, "it compares otherwise");
  if (value.type.kind === "timestamptz" && value.type.zone === null) {
    throw refuse(
      `${name} of a timestamp whose zone is a column`,
      "the zone to keep",
      "cast(… AS timestamp(6)) around it",
    );
  }
  return value;
}

function extreme(duck: string): Aggregate {
  return (args, _, name) => {
    if (args.length !== 1) throw refuse(`${name} with ${args.length} arguments`, "only one is known");
    const x = single(at(args, 0, name), name);
    if (isFloating(x.type)) {
      // Trino keeps NaN out only when it is not alone; a NaN here would be the largest.
      return { type: x.type, args: [x], sql: (tail) => `${duck}(${x.sql})${tail}` };
    }
    return { type: x.type, args: [x], sql: (tail) => `${duck}(${x.sql})${tail}` };
  };
}

/** Rows without a key don't count; DuckDB's plain arg_max leaves out rows without a value as well. */
function by(duck: string): Aggregate {
  return (args, _, name) => {
    if (args.length !== 2) throw refuse(`${name} with ${args.length} arguments`, "two are known");
    const [x, k] = [at(args, 0, name), single(at(args, 1, name), name)];
    return { type: x.type, args: [x, k], sql: (tail) => `${duck}(${x.sql}, ${k.sql})${tail}` };
  };
}

function any(args: readonly Value[], name: string): Aggregated {
  arity(name, args, 1);
  const x = at(args, 0, name);
  return { type: x.type, args: [x], sql: (tail) => `any_value(${x.sql})${tail}` };
}

function logical(duck: string): Aggregate {
  return (args, _, name) => {
    arity(name, args, 1);
    const x = coerce(at(args, 0, name), boolean, name);
    return { type: boolean, args: [x], sql: (tail) => `${duck}(${x.sql})${tail}` };
  };
}

function spread(duck: string): Aggregate {
  return (args, inside, name) => {
    arity(name, args, 1);
    const x = coerce(at(args, 0, name), double, name);
    return { type: double, args: [x], sql: (tail) => `${duck}(${inside.distinct}${x.sql})${tail}` };
  };
}
