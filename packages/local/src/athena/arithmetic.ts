/** The operators + - * / % and unary minus, with Trino's result types. */

import { cast } from "./cast.ts";
import { AthenaError, refuse } from "./errors.ts";
import { atInstant, atLocal, instant, isMoment, local } from "./time.ts";
import {
  asDecimal,
  bigint,
  common,
  daytime,
  decimal,
  double,
  duckName,
  isFloating,
  isInteger,
  isNumeric,
  type Type,
  timestamp,
  trinoName,
} from "./type.ts";
import { failure, made, type Value } from "./value.ts";

export type Arithmetic = "+" | "-" | "*" | "/" | "%";

export function arithmetic(op: Arithmetic, left: Value, right: Value): Value {
  const [a, b] = untangle(left, right);
  if (isNumeric(a.type) && isNumeric(b.type)) return numbers(op, a, b);
  return moments(op, a, b) ?? intervals(op, a, b) ?? mismatch(op, left, right);
}

/** An untyped NULL takes the other side's type. */
function untangle(left: Value, right: Value): [Value, Value] {
  if (left.type.kind === "unknown" && right.type.kind !== "unknown")
    return [cast(left, right.type, false), right];
  if (right.type.kind === "unknown" && left.type.kind !== "unknown")
    return [left, cast(right, left.type, false)];
  return [left, right];
}

function mismatch(op: string, left: Value, right: Value): never {
  throw new AthenaError(
    "TYPE_MISMATCH",
    `'${op}' cannot be applied to ${trinoName(left.type)}, ${trinoName(right.type)}`,
  );
}

function numbers(op: Arithmetic, left: Value, right: Value): Value {
  const type = common(left.type, right.type);
  if (type === undefined) return mismatch(op, left, right);
  if (type.kind === "decimal") return decimals(op, left, right);
  const [a, b] = [cast(left, type, false), cast(right, type, false)];
  if (isFloating(type)) {
    return made(type, op === "%" ? remainder(a, b) : `(${a.sql} ${op} ${b.sql})`, [a, b]);
  }
  if (op === "/" || op === "%") return made(type, guarded(op === "/" ? "//" : "%", a, b, type), [a, b]);
  return made(type, `(${a.sql} ${op} ${b.sql})`, [a, b]);
}

/** DuckDB's remainder by zero is NULL, IEEE's is NaN. */
function remainder(a: Value, b: Value): string {
  return `CASE WHEN ${b.sql} = 0 AND ${a.sql} IS NOT NULL THEN CAST('NaN' AS DOUBLE) ELSE ${a.sql} % ${b.sql} END`;
}

/** Division by zero fails; DuckDB's is NULL. */
function guarded(op: string, a: Value, b: Value, type: Type): string {
  if (b.constant !== undefined && Number(b.constant) !== 0) return `(${a.sql} ${op} ${b.sql})`;
  return `CASE WHEN ${b.sql} = 0 AND ${a.sql} IS NOT NULL THEN ${failure("'Division by zero'", type)} ELSE ${a.sql} ${op} ${b.sql} END`;
}

function decimals(op: Arithmetic, left: Value, right: Value): Value {
  const [l, r] = [asDecimal(left.type), asDecimal(right.type)];
  if (l === undefined || r === undefined) return mismatch(op, left, right);
  const a = cast(left, decimal(l.precision, l.scale), false);
  const b = cast(right, decimal(r.precision, r.scale), false);
  const scale = Math.max(l.scale, r.scale);
  const result = (precision: number, s: number, sql: string): Value => {
    const type = decimal(Math.min(38, precision), s);
    return made(type, `CAST(${sql} AS DECIMAL(${Math.min(38, precision)},${s}))`, [a, b]);
  };
  switch (op) {
    case "+":
    case "-":
      return result(
        Math.max(l.precision - l.scale, r.precision - r.scale) + scale + 1,
        scale,
        `${a.sql} ${op} ${b.sql}`,
      );
    case "*":
      if (l.scale + r.scale > 38) throw refuse("A product of decimals", "it has more than 38 decimal places");
      return result(l.precision + r.precision, l.scale + r.scale, `${a.sql} * ${b.sql}`);
    case "/":
      return quotient(a, b, l, r);
    case "%": {
      const type = decimal(
        Math.min(38, Math.min(l.precision - l.scale, r.precision - r.scale) + scale),
        scale,
      );
      const same = decimal(
        Math.min(38, Math.max(l.precision - l.scale, r.precision - r.scale) + scale),
        scale,
      );
      return cast(
        made(same, guarded("%", cast(a, same, false), cast(b, same, false), same), [a, b]),
        type,
        false,
      );
    }
  }
}

/**
 * DuckDB divides decimals as doubles. Here both become whole numbers, and the quotient is rounded half away
 * from zero to the scale that Trino gives it.
 */
function quotient(
  a: Value,
  b: Value,
  l: { precision: number; scale: number },
  r: { precision: number; scale: number },
): Value {
  const scale = Math.max(l.scale, r.scale);
  const digits = l.precision + r.scale + Math.max(r.scale - l.scale, 0);
  const shift = scale + r.scale - l.scale;
  // The rounding needs twice the numerator in 127 bits.
  if (l.precision + shift > 37) {
    throw refuse(
      `The division of ${trinoName(a.type)} by ${trinoName(b.type)}`,
      "its intermediate value has more than 37 digits",
      "a cast of one side to a narrower decimal or to double",
    );
  }
  const type = decimal(Math.min(38, digits), scale);
  const over = `(${whole(a, l)} * ${hugeint(shift)})`;
  const under = whole(b, r);
  const sign = `(CASE WHEN (${a.sql} < 0) <> (${b.sql} < 0) THEN -1 ELSE 1 END)`;
  const rounding = `((2 * abs(${over}) + abs(${under})) // (2 * abs(${under})))`;
  const result = `trino_decimal(${sign} * ${rounding}, ${scale})`;
  const found = `CAST(${result} AS ${duckName(type)})`;
  const safe = b.constant !== undefined && Number(b.constant) !== 0;
  const zero = failure("'Division by zero'", type);
  return made(
    type,
    safe ? found : `CASE WHEN ${b.sql} = 0 AND ${a.sql} IS NOT NULL THEN ${zero} ELSE ${found} END`,
    [a, b],
  );
}

function hugeint(power: number): string {
  return `CAST(1${"0".repeat(power)} AS HUGEINT)`;
}

/** The digits of a decimal as a whole number: 1.25 → 125. */
function whole(value: Value, type: { precision: number; scale: number }): string {
  if (type.scale === 0) return `CAST(${value.sql} AS HUGEINT)`;
  return `CAST(replace(CAST(${value.sql} AS VARCHAR), '.', '') AS HUGEINT)`;
}

/** A moment and an interval, or two moments. */
function moments(op: Arithmetic, left: Value, right: Value): Value | undefined {
  if (op === "-" && isMoment(left.type) && isMoment(right.type)) return between(left, right);
  if (op === "+" && isMoment(right.type)) return shifted(right, left, "+");
  return (op === "+" || op === "-") && isMoment(left.type) ? shifted(left, right, op) : undefined;
}

/** The time between two moments, in whole milliseconds. */
function between(left: Value, right: Value): Value {
  const withZone = left.type.kind === "timestamptz" || right.type.kind === "timestamptz";
  const [a, b] = withZone ? [instant(left), instant(right)] : [local(left), local(right)];
  const micros = `(epoch_us(${a}) - epoch_us(${b}))`;
  return made(daytime, `trino_milliseconds(${micros})`, [left, right]);
}

function shifted(at: Value, by: Value, op: "+" | "-"): Value | undefined {
  if (by.type.kind === "yearmonth") return atLocal(at, `(${local(at)} ${op} to_months(${by.sql}))`, [at, by]);
  if (by.type.kind !== "daytime") return undefined;
  if (at.type.kind === "date") return days(at, by, op);
  const step = `${op} to_microseconds(${by.sql} * 1000)`;
  const precision =
    at.type.kind === "timestamp" || at.type.kind === "timestamptz" ? Math.max(3, at.type.precision) : 3;
  if (at.type.kind === "timestamp") return made(timestamp(precision), `(${at.sql} ${step})`, [at, by]);
  const moved = atInstant(at, `(${instant(at)} ${step})`, [at, by]);
  return moved.type.kind === "timestamptz" ? { ...moved, type: { ...moved.type, precision } } : moved;
}

function days(at: Value, by: Value, op: "+" | "-"): Value {
  const broken = failure("'Cannot add hour, minutes or seconds to a date'", bigint);
  const whole = `CAST(CASE WHEN ${by.sql} % 86400000 <> 0 THEN ${broken} ELSE ${by.sql} // 86400000 END AS INTEGER)`;
  return made(at.type, `(${at.sql} ${op} ${whole})`, [at, by]);
}

function intervals(op: Arithmetic, left: Value, right: Value): Value | undefined {
  const interval = (type: Type): boolean => type.kind === "daytime" || type.kind === "yearmonth";
  if ((op === "+" || op === "-") && interval(left.type) && left.type.kind === right.type.kind) {
    return made(left.type, `(${left.sql} ${op} ${right.sql})`, [left, right]);
  }
  if (op === "*" && interval(right.type) && isNumeric(left.type)) return intervals("*", right, left);
  if ((op !== "*" && op !== "/") || !interval(left.type) || !isNumeric(right.type)) return undefined;
  const target = left.type.kind === "daytime" ? "BIGINT" : "INTEGER";
  if (op === "*" && isInteger(right.type)) {
    return made(left.type, `CAST(${left.sql} * ${right.sql} AS ${target})`, [left, right]);
  }
  const by = cast(right, double, false);
  return made(left.type, `CAST(round(${left.sql} ${op} ${by.sql}) AS ${target})`, [left, right]);
}

export function negated(value: Value): Value {
  const { type } = value;
  if (!isNumeric(type) && type.kind !== "daytime" && type.kind !== "yearmonth") {
    throw new AthenaError("TYPE_MISMATCH", `'-' cannot be applied to ${trinoName(type)}`);
  }
  const result = made(type, `(-${value.sql})`, [value]);
  return value.constant === undefined ? result : { ...result, constant: `-${value.constant}` };
}
