/** DuckDB's values as the text that Athena's GetQueryResults gives. */

import {
  DuckDBBlobValue,
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBListValue,
  DuckDBMapValue,
  DuckDBStructValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  type DuckDBValue,
} from "@duckdb/node-api";
import { AthenaError } from "./errors.ts";
import { type Type, trinoName } from "./type.ts";
import { localMicros } from "./zone-clock.ts";

/** NULL is null at the top, `null` inside of arrays, maps and rows. */
export function render(value: DuckDBValue, type: Type): string | null {
  if (value === null || value === undefined) return null;
  switch (type.kind) {
    case "boolean":
    case "varchar":
    case "tinyint":
    case "smallint":
    case "integer":
    case "bigint":
      return String(value);
    case "double":
      return doubleText(Number(value));
    case "real":
      return doubleText(Number(value), floatDigits);
    case "decimal":
      if (value instanceof DuckDBDecimalValue) return decimalText(value.value, type.scale);
      break;
    case "varbinary":
      if (value instanceof DuckDBBlobValue)
        return [...value.bytes].map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
      break;
    case "date":
      if (value instanceof DuckDBDateValue) return dateText(BigInt(value.days) * DAY);
      break;
    case "timestamp":
      if (value instanceof DuckDBTimestampValue) return momentText(value.micros, type.precision);
      break;
    case "timestamptz":
      return zonedText(value, type.precision, type.zone);
    case "daytime":
      return daytimeText(BigInt(value as bigint));
    case "yearmonth":
      return yearmonthText(Number(value));
    case "unknown":
      return null;
    default:
      return nestedText(value, type);
  }
  throw new AthenaError("INTERNAL_ERROR", `a value of type ${trinoName(type)} came back as something else`);
}

const DAY = 86_400_000_000n;

function nestedText(value: DuckDBValue, type: Type): string {
  const inner = (item: DuckDBValue, of: Type): string => render(item, of) ?? "null";
  if (type.kind === "array" && value instanceof DuckDBListValue) {
    return `[${value.items.map((item) => inner(item, type.element)).join(", ")}]`;
  }
  if (type.kind === "map" && value instanceof DuckDBMapValue) {
    return `{${value.entries.map(({ key, value: item }) => `${inner(key, type.key)}=${inner(item, type.value)}`).join(", ")}}`;
  }
  if (type.kind === "row" && value instanceof DuckDBStructValue) {
    const { entries } = value;
    return `{${type.fields.map((field, i) => `${field.name ?? `field${i}`}=${inner(entries[`f${i}`] ?? null, field.type)}`).join(", ")}}`;
  }
  throw new AthenaError("INTERNAL_ERROR", `a value of type ${trinoName(type)} came back as something else`);
}

/** java.lang.Double.toString: 1.0E10, 0.001, 123.0; the digits are the shortest that read back, as in JavaScript. */
function doubleText(value: number, digitsOf: (value: number) => string = String): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "Infinity" : "-Infinity";
  if (value === 0) return Object.is(value, -0) ? "-0.0" : "0.0";
  const sign = value < 0 ? "-" : "";
  const size = Math.abs(value);
  const [digits, exponent] = scientific(digitsOf(size));
  if (size >= 1e-3 && size < 1e7) return sign + plain(digits, exponent);
  return `${sign}${digits[0]}.${digits.slice(1) || "0"}E${exponent}`;
}

/** The significant digits, and the power of ten of the first one. */
function scientific(text: string): [digits: string, exponent: number] {
  const [, whole = "", fraction = "", power = "0"] = /^(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(text) ?? [];
  const all = whole + fraction;
  const leading = /^0*/.exec(all)?.[0].length ?? 0;
  const digits = all.slice(leading).replace(/0+$/, "");
  return [digits, Number(power) + whole.length - leading - 1];
}

function plain(digits: string, exponent: number): string {
  if (exponent < 0) return `0.${"0".repeat(-exponent - 1)}${digits}`;
  const padded = digits.padEnd(exponent + 1, "0");
  return `${padded.slice(0, exponent + 1)}.${padded.slice(exponent + 1) || "0"}`;
}

/** The shortest digits that give the same 32-bit float. */
function floatDigits(value: number): string {
  for (let precision = 1; precision < 9; precision += 1) {
    const text = value.toPrecision(precision);
    if (Math.fround(Number(text)) === Math.fround(value)) return String(Number(text));
  }
  return String(value);
}

function decimalText(digits: bigint, scale: number): string {
  const sign = digits < 0n ? "-" : "";
  const text = (digits < 0n ? -digits : digits).toString().padStart(scale + 1, "0");
  return scale === 0 ? sign + text : `${sign}${text.slice(0, -scale)}.${text.slice(-scale)}`;
}

function dateText(micros: bigint): string {
  return new Date(Number(micros / 1000n)).toISOString().replace(/T.*$/, "");
}

export function momentText(micros: bigint, precision: number): string {
  const rest = ((micros % DAY) + DAY) % DAY;
  const day = dateText(micros - rest);
  const seconds = rest / 1_000_000n;
  const clock = [seconds / 3600n, (seconds / 60n) % 60n, seconds % 60n]
    .map((part) => part.toString().padStart(2, "0"))
    .join(":");
  const fraction = (rest % 1_000_000n).toString().padStart(6, "0").slice(0, precision);
  return `${day} ${clock}${precision === 0 ? "" : `.${fraction}`}`;
}

function zonedText(value: DuckDBValue, precision: number, zone: string | null): string {
  if (value instanceof DuckDBStructValue) {
    const { t, z } = value.entries;
    return zonedText(t ?? null, precision, String(z));
  }
  if (!(value instanceof DuckDBTimestampTZValue))
    throw new AthenaError("INTERNAL_ERROR", "a timestamp came back as something else");
  const name = zone ?? "UTC";
  return `${momentText(localMicros(value.micros, name), precision)} ${name}`;
}

function daytimeText(milliseconds: bigint): string {
  const sign = milliseconds < 0n ? "-" : "";
  const ms = milliseconds < 0n ? -milliseconds : milliseconds;
  const two = (n: bigint): string => n.toString().padStart(2, "0");
  const clock = `${two((ms / 3_600_000n) % 24n)}:${two((ms / 60_000n) % 60n)}:${two((ms / 1000n) % 60n)}`;
  return `${sign}${ms / 86_400_000n} ${clock}.${(ms % 1000n).toString().padStart(3, "0")}`;
}

function yearmonthText(months: number): string {
  const size = Math.abs(months);
  return `${months < 0 ? "-" : ""}${Math.trunc(size / 12)}-${size % 12}`;
}
