/** CAST, TRY_CAST, and the casts that Trino inserts by itself. */

import { fromText, toText } from "./cast-text.ts";
import { coercible, common } from "./common-type.ts";
import { AthenaError, refuse } from "./errors.ts";
import { instant, isMoment, local, momentText, zoned, zoneOf } from "./time.ts";
import {
  asDecimal,
  duckName,
  isFloating,
  isInteger,
  isNumeric,
  sameType,
  type Type,
  trinoName,
} from "./type.ts";
import { made, quote, type Value } from "./value.ts";

/** The value as that type, when Trino would turn it into it by itself; else TYPE_MISMATCH naming `where`. */
export function coerce(value: Value, to: Type, where: string): Value {
  if (sameType(value.type, to)) return value;
  if (!coercible(value.type, to)) {
    throw new AthenaError("TYPE_MISMATCH", `${where} wants ${trinoName(to)}, found ${trinoName(value.type)}`);
  }
  return cast(value, to, false);
}

/** All of them as the one type that they have in common. */
export function unify(values: readonly Value[], where: string): { type: Type; values: Value[] } {
  const [first, ...rest] = values;
  if (first === undefined) throw new AthenaError("INVALID_ARGUMENT", `${where} wants at least one argument`);
  let type = first.type;
  for (const value of rest) {
    const met = common(type, value.type);
    if (met === undefined) {
      const found = `${trinoName(type)} and ${trinoName(value.type)}`;
      throw new AthenaError("TYPE_MISMATCH", `${where}: all values must have one type, found ${found}`);
    }
    type = met;
  }
  return { type, values: values.map((value) => cast(value, type, false)) };
}

/**
 * CAST(value AS to), or TRY_CAST when `safe`. Rounds where Trino rounds, and is as strict with text as Trino is.
 */
export function cast(value: Value, to: Type, safe: boolean): Value {
  const from = value.type;
  if (sameType(from, to)) return value;
  const cast = safe ? "TRY_CAST" : "CAST";
  const plain = (sql: string): Value => made(to, `${cast}(${sql} AS ${duckName(to)})`, [value]);
  if (from.kind === "unknown") return { ...plain("NULL"), columns: value.columns };
  if (to.kind === "varchar") return toText(value, elementText);
  if (from.kind === "varchar") return fromText(value, to, safe);
  if (to.kind === "timestamp" || to.kind === "timestamptz" || to.kind === "date") return moment(value, to);
  if (to.kind === "boolean" && isNumeric(from)) return made(to, `(${value.sql} <> 0)`, [value]);
  if (from.kind === "boolean" && (isInteger(to) || isFloating(to))) return plain(value.sql);
  if (isNumeric(from) && isNumeric(to)) return number(value, to, plain);
  if (from.kind === "array" && to.kind === "array")
    return elements(value, from.element, to, to.element, safe);
  if (from.kind === "row" && to.kind === "row") return fields(value, from, to, safe);
  throw impossible(from, to);
}

function impossible(from: Type, to: Type): AthenaError {
  const known = ["map", "row", "array", "varbinary", "daytime", "yearmonth", "foreign"];
  const names = `${trinoName(from)} to ${trinoName(to)}`;
  return known.includes(from.kind) || known.includes(to.kind)
    ? refuse(`A cast from ${names}`, "it is not on the list of faithful ones")
    : new AthenaError("TYPE_MISMATCH", `Cannot cast ${names}`);
}

function number(value: Value, to: Type, plain: (sql: string) => Value): Value {
  const from = value.type;
  // DuckDB rounds halves to even here, Trino away from zero.
  if (isFloating(from) && isInteger(to)) return plain(`round(${value.sql})`);
  // Trino goes by the number's shortest text, so that 1.005 becomes 1.01.
  if (isFloating(from) && to.kind === "decimal") return plain(`CAST(${value.sql} AS VARCHAR)`);
  if (value.constant !== undefined && asDecimal(from) !== undefined) {
    return { ...plain(value.sql), constant: value.constant };
  }
  return plain(value.sql);
}

function moment(value: Value, to: Type): Value {
  const from = value.type;
  if (!isMoment(from)) throw impossible(from, to);
  if (to.kind === "date") return made(to, `CAST(${local(value)} AS DATE)`, [value]);
  const digits = from.kind === "timestamp" || from.kind === "timestamptz" ? from.precision : 0;
  if (to.kind === "timestamp") return made(to, rounded(local(value), digits, to.precision), [value]);
  if (to.kind !== "timestamptz") throw impossible(from, to);
  const point = rounded(instant(value), digits, to.precision);
  if (to.zone !== null) return made(to, point, [value]);
  return zoned(point, made({ kind: "varchar" }, zoneOf(value)), to.precision, [value]);
}

/** To fewer digits of a second, halves up. */
export function rounded(sql: string, from: number, to: number): string {
  if (from <= to) return sql;
  if (to > 6) throw refuse(`timestamp(${to})`, "moments have microseconds at most");
  const half = 5 * 10 ** (6 - to - 1);
  const unit = ["second", undefined, undefined, "millisecond"][to];
  if (unit === undefined)
    throw refuse(`A cast to timestamp(${to})`, "rounding to that precision", "0, 3 or 6");
  return `date_trunc('${unit}', ${sql} + to_microseconds(${half}))`;
}

function elements(value: Value, from: Type, to: Type, element: Type, safe: boolean): Value {
  const item: Value = made(from, "e");
  return made(to, `list_transform(${value.sql}, lambda e: ${cast(item, element, safe).sql})`, [value]);
}

function fields(
  value: Value,
  from: Type & { kind: "row" },
  to: Type & { kind: "row" },
  safe: boolean,
): Value {
  if (from.fields.length !== to.fields.length) throw impossible(from, to);
  const parts = to.fields.map((field, i) => {
    const source: Value = made(from.fields[i]?.type ?? field.type, `(${value.sql}).f${i}`);
    return `f${i} := ${cast(source, field.type, safe).sql}`;
  });
  const packed = `CASE WHEN ${value.sql} IS NULL THEN NULL ELSE struct_pack(${parts.join(", ")}) END`;
  return made(to, packed, [value]);
}

function elementText(value: Value): string {
  const { type } = value;
  if (type.kind === "timestamptz") {
    return `(${momentText(local(value), type.precision)} || ' ' || ${zoneOf(value)})`;
  }
  if (type.kind === "timestamp") return momentText(value.sql, type.precision);
  throw refuse(`A cast from ${trinoName(type)} to varchar`, "it is not on the list of faithful ones");
}

/** A literal that the query did not write. */
export function text(value: string): Value {
  return { ...made({ kind: "varchar" }, quote(value)), constant: value };
}
