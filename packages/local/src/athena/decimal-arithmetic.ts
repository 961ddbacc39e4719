/** Arithmetic of decimals, with the precisions that Trino gives the results. */

import { cast } from "./cast.ts";
import { AthenaError, refuse } from "./errors.ts";
import { asDecimal, decimal, duckName, type Type, trinoName } from "./type.ts";
import { failure, made, type Value } from "./value.ts";

export type Arithmetic = "+" | "-" | "*" | "/" | "%";

export function decimals(op: Arithmetic, left: Value, right: Value): Value {
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
 * DuckDB divides decimals as doubles. Here both become whole numbers of 128 bits, and the quotient is rounded half
 * away from zero to the scale that Trino gives it. A numerator that is too large for that fails.
 */
function quotient(
  a: Value,
  b: Value,
  l: { precision: number; scale: number },
  r: { precision: number; scale: number },
): Value {
  const scale = Math.max(l.scale, r.scale);
  const shift = scale + r.scale - l.scale;
  if (shift > 37)
    throw refuse(
      `The division of ${trinoName(a.type)} by ${trinoName(b.type)}`,
      "its digits need more than 128 bits",
    );
  const type = decimal(Math.min(38, l.precision + r.scale + Math.max(r.scale - l.scale, 0)), scale);
  const result = `trino_quotient(${whole(a, l)} * ${hugeint(shift)}, ${whole(b, r)}, ${scale})`;
  const found = `CAST(${result} AS ${duckName(type)})`;
  const safe = b.constant !== undefined && Number(b.constant) !== 0;
  const zero = failure("'Division by zero'", type);
  const guarded = `CASE WHEN ${b.sql} = 0 AND ${a.sql} IS NOT NULL THEN ${zero} ELSE ${found} END`;
  return made(type, safe ? found : guarded, [a, b]);
}

function hugeint(power: number): string {
  return `CAST(1${"0".repeat(power)} AS HUGEINT)`;
}

/** The digits of a decimal as a whole number: 1.25 → 125. */
function whole(value: Value, type: { precision: number; scale: number }): string {
  if (type.scale === 0) return `CAST(${value.sql} AS HUGEINT)`;
  // Multiplied where that fits into DuckDB's widest decimal, else by way of the text.
  if (type.precision + type.scale + 1 > 38) return `trino_digits(${value.sql})`;
  return `CAST(${value.sql} * CAST(1${"0".repeat(type.scale)} AS DECIMAL(${type.scale + 1},0)) AS HUGEINT)`;
}

/** DuckDB's remainder by zero is NULL, IEEE's is NaN. */
export function remainder(a: Value, b: Value): string {
  return `CASE WHEN ${b.sql} = 0 AND ${a.sql} IS NOT NULL THEN CAST('NaN' AS DOUBLE) ELSE ${a.sql} % ${b.sql} END`;
}

/** Division by zero fails; DuckDB's is NULL. */
export function guarded(op: string, a: Value, b: Value, type: Type): string {
  if (b.constant !== undefined && Number(b.constant) !== 0) return `(${a.sql} ${op} ${b.sql})`;
  return `CASE WHEN ${b.sql} = 0 AND ${a.sql} IS NOT NULL THEN ${failure("'Division by zero'", type)} ELSE ${a.sql} ${op} ${b.sql} END`;
}

export function mismatch(op: string, left: Value, right: Value): never {
  throw new AthenaError(
    "TYPE_MISMATCH",
    `'${op}' cannot be applied to ${trinoName(left.type)}, ${trinoName(right.type)}`,
  );
}
