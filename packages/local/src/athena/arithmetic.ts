/** The operators + - * / % and unary minus, with Trino's result types. */

import { cast } from "./cast.ts";
import { common } from "./common-type.ts";
import { type Arithmetic, decimals, guarded, mismatch, remainder } from "./decimal-arithmetic.ts";
import { AthenaError } from "./errors.ts";
import { atInstant, atLocal, instant, isMoment, local } from "./time.ts";
import {
  bigint,
  daytime,
  double,
  isFloating,
  isInteger,
  isNumeric,
  type Type,
  timestamp,
  trinoName,
} from "./type.ts";
import { failure, made, type Value } from "./value.ts";
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
