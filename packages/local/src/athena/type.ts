/** Trino's types, what DuckDB stores each of them as, and which of them turn into another by themselves. */

import { AthenaError } from "./errors.ts";

export type Type =
  | { readonly kind: SimpleKind }
  | { readonly kind: "decimal"; readonly precision: number; readonly scale: number }
  | { readonly kind: "timestamp"; readonly precision: number }
  /** `zone` is the name when every value has the same one, null when each value carries its own. */
  | { readonly kind: "timestamptz"; readonly precision: number; readonly zone: string | null }
  | { readonly kind: "array"; readonly element: Type }
  | { readonly kind: "map"; readonly key: Type; readonly value: Type }
  | { readonly kind: "row"; readonly fields: readonly Field[] }
  /** A column's type that only Athena can read. */
  | { readonly kind: "foreign"; readonly name: string };

export interface Field {
  readonly name: string | null;
  readonly type: Type;
}

export type SimpleKind =
  | "unknown"
  | "boolean"
  | IntegerKind
  | "real"
  | "double"
  | "varchar"
  | "varbinary"
  | "date"
  /** Milliseconds, as a BIGINT. */
  | "daytime"
  /** Months, as an INTEGER. */
  | "yearmonth";

export type IntegerKind = "tinyint" | "smallint" | "integer" | "bigint";

export const unknown: Type = { kind: "unknown" };

export const boolean: Type = { kind: "boolean" };

export const tinyint: Type = { kind: "tinyint" };

export const smallint: Type = { kind: "smallint" };

export const integer: Type = { kind: "integer" };

export const bigint: Type = { kind: "bigint" };

export const real: Type = { kind: "real" };

export const double: Type = { kind: "double" };

export const varchar: Type = { kind: "varchar" };

export const varbinary: Type = { kind: "varbinary" };

export const date: Type = { kind: "date" };

export const daytime: Type = { kind: "daytime" };

export const yearmonth: Type = { kind: "yearmonth" };

export const decimal = (precision: number, scale: number): Type => ({ kind: "decimal", precision, scale });

export const timestamp = (precision: number): Type => ({ kind: "timestamp", precision });

export const timestamptz = (precision: number, zone: string | null = "UTC"): Type => ({
  kind: "timestamptz",
  precision,
  zone,
});
export const array = (element: Type): Type => ({ kind: "array", element });

/** The integers' order of width, and the decimal that holds each. */
export const INTEGERS: Readonly<Record<IntegerKind, { readonly width: number; readonly digits: number }>> = {
  tinyint: { width: 1, digits: 3 },
  smallint: { width: 2, digits: 5 },
  integer: { width: 3, digits: 10 },
  bigint: { width: 4, digits: 19 },
};

export function isInteger(type: Type): type is { kind: IntegerKind } {
  return type.kind in INTEGERS;
}

export function isNumeric(type: Type): boolean {
  return isInteger(type) || type.kind === "decimal" || isFloating(type);
}

export function isFloating(type: Type): boolean {
  return type.kind === "double" || type.kind === "real";
}

/** The decimal that an integer or a decimal is in arithmetic. */
export function asDecimal(type: Type): { precision: number; scale: number } | undefined {
  if (type.kind === "decimal") return type;
  return isInteger(type) ? { precision: INTEGERS[type.kind].digits, scale: 0 } : undefined;
}

/** As Trino writes it, such as `timestamp(6) with time zone`. */
export function trinoName(type: Type): string {
  switch (type.kind) {
    case "decimal":
      return `decimal(${type.precision},${type.scale})`;
    case "timestamp":
      return `timestamp(${type.precision})`;
    case "timestamptz":
      return `timestamp(${type.precision}) with time zone`;
    case "array":
      return `array(${trinoName(type.element)})`;
    case "map":
      return `map(${trinoName(type.key)}, ${trinoName(type.value)})`;
    case "row":
      return `row(${type.fields.map((f) => (f.name === null ? "" : `${f.name} `) + trinoName(f.type)).join(", ")})`;
    case "daytime":
      return "interval day to second";
    case "yearmonth":
      return "interval year to month";
    case "foreign":
      return type.name;
    default:
      return type.kind;
  }
}

/** What DuckDB holds a value as. */
export function duckName(type: Type): string {
  switch (type.kind) {
    case "unknown":
      return "INTEGER";
    case "real":
      return "FLOAT";
    case "varbinary":
      return "BLOB";
    case "daytime":
      return "BIGINT";
    case "yearmonth":
      return "INTEGER";
    case "decimal":
      return `DECIMAL(${type.precision},${type.scale})`;
    case "timestamptz":
      return type.zone === null
        ? `STRUCT(t TIMESTAMP WITH TIME ZONE, z VARCHAR)`
        : "TIMESTAMP WITH TIME ZONE";
    case "array":
      return `${duckName(type.element)}[]`;
    case "map":
      return `MAP(${duckName(type.key)}, ${duckName(type.value)})`;
    case "row":
      return `STRUCT(${type.fields.map((f, i) => `f${i} ${duckName(f.type)}`).join(", ")})`;
    case "foreign":
      throw new AthenaError("NOT_SUPPORTED", `type ${type.name} is not supported here; on Athena it works`);
    default:
      return type.kind.toUpperCase();
  }
}

export function sameType(a: Type, b: Type): boolean {
  return trinoName(a) === trinoName(b) && duckName(a) === duckName(b) && zoneOf(a) === zoneOf(b);
}

function zoneOf(type: Type): string | null {
  return type.kind === "timestamptz" ? type.zone : null;
}
