/**
 * A function call, whatever node the parser made of it: `substr(a, 1)` is a `substring` there, `sum(x)` a `sum`
 * and `round(x)` a plain `function`.
 */

import { refuse } from "./errors.ts";
import { child, type Fields, list, type Node, only, open } from "./node.ts";

export interface Call {
  /** In lower case. */
  readonly name: string;
  readonly args: readonly Node[];
  readonly star: boolean;
  readonly distinct: boolean;
  readonly filter: Node | undefined;
  readonly orderBy: readonly Node[];
  readonly ignoreNulls: boolean;
  /** Written without parentheses: current_date. */
  readonly bare: boolean;
}

/** The call that the node is, or nothing. */
export function asCall(node: Node): Call | undefined {
  const [kind, fields] = open(node);
  if (kind === "function" || kind === "aggregate_function") return named(fields);
  const shape = SHAPES[kind];
  if (shape === undefined) return undefined;
  const [name, order] = shape;
  only(name, fields, [...order, ...MODIFIERS, "star"]);
  const args = order.flatMap((key) => {
    const value = fields[key];
    if (Array.isArray(value)) return list(value);
    const arg = child(value);
    return arg === undefined ? [] : [arg];
  });
  const first = args[0];
  const tuple = kind === "count" && first !== undefined ? child(first["tuple"]) : undefined;
  if (tuple !== undefined)
    throw refuse("count(DISTINCT a, b)", "several columns", "a subquery with SELECT DISTINCT");
  return { name, args, ...modifiers(fields), star: fields["star"] === true, bare: false };
}

const MODIFIERS = ["distinct", "filter", "order_by", "ignore_nulls", "name", "original_name"];

function modifiers(fields: Fields): Pick<Call, "distinct" | "filter" | "orderBy" | "ignoreNulls"> {
  return {
    distinct: fields["distinct"] === true,
    filter: child(fields["filter"]),
    orderBy: list(fields["order_by"]),
    ignoreNulls: fields["ignore_nulls"] === true,
  };
}

function named(fields: Fields): Call {
  only(String(fields["name"]), fields, [...MODIFIERS, "args", "no_parens", "quoted"]);
  return {
    name: String(fields["name"]).toLowerCase(),
    args: list(fields["args"]),
    ...modifiers(fields),
    star: false,
    bare: fields["no_parens"] === true,
  };
}

type Shape = readonly [name: string, order: readonly string[]];
const unary = (name: string): Shape => [name, ["this"]];
const binary = (name: string): Shape => [name, ["this", "expression"]];

/** The parser's own nodes for functions: Trino's name, and the fields that are its arguments, in order. */
const SHAPES: Readonly<Record<string, Shape>> = {
  ...Object.fromEntries(
    "abs ceil floor sqrt exp ln lower upper length degrees radians sin cos tan asin acos atan hour minute second day month year quarter week_of_year day_of_week day_of_month day_of_year cardinality array_distinct map_keys map_values count_if sum avg min max stddev stddev_pop stddev_samp variance var_pop var_samp any_value array_agg approx_distinct rank dense_rank percent_rank cume_dist row_number first_value last_value array_sort array_max array_min typeof reverse initcap"
      .split(" ")
      .map((name) => [name, unary(name)]),
  ),
  count: unary("count"),
  logical_and: unary("bool_and"),
  logical_or: unary("bool_or"),
  n_tile: ["ntile", ["num_buckets"]],
  lag: ["lag", ["this", "offset", "default"]],
  lead: ["lead", ["this", "offset", "default"]],
  nth_value: ["nth_value", ["this", "offset"]],
  power: binary("power"),
  mod_func: binary("mod"),
  atan2: binary("atan2"),
  log: ["log", ["base", "this"]],
  coalesce: ["coalesce", ["expressions"]],
  if_func: ["if", ["condition", "true_value", "false_value"]],
  substring: ["substr", ["this", "start", "length"]],
  str_position: ["strpos", ["this", "substr"]],
  starts_with: binary("starts_with"),
  ends_with: binary("ends_with"),
  element_at: binary("element_at"),
  contains: binary("contains"),
  array_position: binary("array_position"),
  pi: ["pi", []],
  json_extract: ["json_extract", ["this", "path"]],
  json_extract_scalar: ["json_extract_scalar", ["this", "path"]],
  rand: ["random", []],
  random: ["random", []],
  list_agg: ["listagg", ["this", "separator"]],
};
