/** Mathematical functions. Where DuckDB fails (sqrt(-1), ln(0)) Trino answers NaN or Infinity. */

import { arithmetic } from "../arithmetic.ts";
import { cast, coerce } from "../cast.ts";
import { AthenaError, refuse } from "../errors.ts";
import { decimal, double, duckName, integer, isFloating, isInteger, isNumeric, trinoName } from "../type.ts";
import { made, type Value } from "../value.ts";
import { arity, at, type Scalar, type Scalars, takes } from "./signature.ts";

export const math: Scalars = {
  abs: keeping("abs", (x) => `abs(${x})`),
  sign: (args, name) => {
    const x = numeric(args, name);
    return made(
      x.type.kind === "decimal" ? decimal(1, 0) : x.type,
      `CAST(sign(${x.sql}) AS ${x.type.kind === "decimal" ? "DECIMAL(1,0)" : duckName(x.type)})`,
      [x],
    );
  },
  ceil: toWhole("ceil"),
  ceiling: toWhole("ceil"),
  floor: toWhole("floor"),
  round: (args, name) => round(args, name),
  truncate: (args, name) => {
    arity(name, args, 1);
    const x = numeric(args, name);
    if (!isFloating(x.type) && !isInteger(x.type))
      throw refuse("truncate of a decimal", "only doubles are", "a cast to double");
    return isInteger(x.type) ? x : made(x.type, `trunc(${x.sql})`, [x]);
  },
  power: onDouble(2, (x, y) => `power(${x}, ${y})`),
  pow: onDouble(2, (x, y) => `power(${x}, ${y})`),
  exp: onDouble(1, (x) => `exp(${x})`),
  sqrt: onDouble(1, (x) => `CASE WHEN ${x} < 0 THEN CAST('NaN' AS DOUBLE) ELSE sqrt(${x}) END`),
  ln: onDouble(1, logarithm("ln")),
  log2: onDouble(1, (x) => `(${logarithm("ln")(x)} / ln(CAST(2 AS DOUBLE)))`),
  log10: onDouble(1, logarithm("log10")),
  log: onDouble(2, (base, x) => `(${logarithm("ln")(x)} / ${logarithm("ln")(base)})`),
  degrees: onDouble(1, (x) => `(${x} * 57.29577951308232e0)`),
  radians: onDouble(1, (x) => `(${x} * 0.017453292519943295e0)`),
  sin: onDouble(1, (x) => `sin(${x})`),
  cos: onDouble(1, (x) => `cos(${x})`),
  tan: onDouble(1, (x) => `tan(${x})`),
  atan: onDouble(1, (x) => `atan(${x})`),
  atan2: onDouble(2, (y, x) => `atan2(${y}, ${x})`),
  mod: (args, name) => {
    arity(name, args, 2);
    return arithmetic("%", at(args, 0, name), at(args, 1, name));
  },
  pi: takes([], double, () => "pi()"),
  e: takes([], double, () => "exp(CAST(1 AS DOUBLE))"),
  nan: takes([], double, () => "CAST('NaN' AS DOUBLE)"),
  infinity: takes([], double, () => "CAST('Infinity' AS DOUBLE)"),
  is_nan: takes([double], { kind: "boolean" }, (x) => `isnan(${x})`),
  is_finite: takes([double], { kind: "boolean" }, (x) => `isfinite(${x})`),
  is_infinite: takes([double], { kind: "boolean" }, (x) => `isinf(${x})`),
};

function logarithm(name: string): (x: string) => string {
  return (x) =>
    `CASE WHEN ${x} = 0 THEN CAST('-Infinity' AS DOUBLE) WHEN ${x} < 0 THEN CAST('NaN' AS DOUBLE) ELSE ${name}(${x}) END`;
}

function numeric(args: readonly Value[], name: string): Value {
  const x = at(args, 0, name);
  const value = x.type.kind === "unknown" ? cast(x, double, false) : x;
  if (!isNumeric(value.type)) {
    throw new AthenaError("TYPE_MISMATCH", `${name} wants a number, found ${trinoName(value.type)}`);
  }
  return value;
}

function onDouble(count: number, sql: (...args: string[]) => string): Scalar {
  return takes(Array(count).fill(double), double, sql);
}

/** The same type comes out. */
function keeping(name: string, sql: (x: string) => string): Scalar {
  return (args) => {
    arity(name, args, 1);
    const x = numeric(args, name);
    return made(x.type, `CAST(${sql(x.sql)} AS ${duckName(x.type)})`, [x]);
  };
}

/** floor and ceil: an integer is left alone, a decimal becomes one without places. */
function toWhole(duck: "floor" | "ceil"): Scalar {
  return (args, name) => {
    arity(name, args, 1);
    const x = numeric(args, name);
    if (isInteger(x.type)) return x;
    if (x.type.kind !== "decimal") return made(x.type, `${duck}(${x.sql})`, [x]);
    const type = decimal(x.type.precision - x.type.scale + Math.min(x.type.scale, 1), 0);
    const wide = `CAST(${x.sql} AS DECIMAL(${Math.min(38, x.type.precision + 1)},${x.type.scale}))`;
    return made(type, `CAST(${duck}(${wide}) AS ${duckName(type)})`, [x]);
  };
}

/** round(decimal, n) keeps its places: round(1.2345, 2) is 1.2300. */
function round(args: readonly Value[], name: string): Value {
  arity(name, args, 1, 2);
  const x = numeric(args, name);
  const places = args[1] === undefined ? undefined : coerce(args[1], integer, name);
  if (isFloating(x.type)) {
    const sql = `round(CAST(${x.sql} AS DOUBLE), ${places?.sql ?? "0"})`;
    return made(x.type, x.type.kind === "real" ? `CAST(${sql} AS FLOAT)` : sql, [
      x,
      ...(places ? [places] : []),
    ]);
  }
  const count = places === undefined ? 0 : literalPlaces(places);
  if (isInteger(x.type)) {
    if (count < 0) throw refuse("round of an integer to tens", "negative places", "x / 10 * 10");
    return x;
  }
  if (x.type.kind !== "decimal") throw refuse("round", `of ${trinoName(x.type)}`);
  const { precision, scale } = x.type;
  if (places === undefined) {
    const type = decimal(Math.min(38, precision - scale + Math.min(scale, 1)), 0);
    return made(type, `CAST(${x.sql} AS ${duckName(type)})`, [x]);
  }
  if (count < 0) throw refuse("round of a decimal to tens", "negative places");
  const type = decimal(Math.min(38, precision + 1), scale);
  if (count >= scale) return made(type, `CAST(${x.sql} AS ${duckName(type)})`, [x]);
  const cut = duckName(decimal(Math.min(38, precision - scale + count + 1), count));
  return made(type, `CAST(CAST(${x.sql} AS ${cut}) AS ${duckName(type)})`, [x]);
}

function literalPlaces(value: Value): number {
  const count = Number(value.constant);
  if (value.constant === undefined || !Number.isInteger(count)) {
    throw refuse("round with places that are not a literal", "the type depends on them");
  }
  return count;
}
