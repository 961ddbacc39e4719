/** A query's result as rows of plain JSON. */

import { DuckDBListValue, DuckDBMapValue, DuckDBStructValue, type DuckDBValue } from "@duckdb/node-api";
import type { Prepared } from "./execute.ts";
import { render } from "./render.ts";
import { isNumeric, type Type } from "./type.ts";

export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/**
 * Numbers are JSON numbers where those hold them exactly, else their text (a bigint beyond 2^53, a decimal with
 * more digits than a double has, NaN); moments are the text that Athena shows; arrays are arrays, maps and rows
 * objects. Of two columns with one name the later one is kept.
 */
export function jsonRows(
  { columns }: Prepared,
  rows: readonly (readonly DuckDBValue[])[],
): readonly Record<string, Json>[] {
  return rows.map((row) =>
    Object.fromEntries(columns.map(({ name, type }, i) => [name, json(row[i] ?? null, type)])),
  );
}

function json(value: DuckDBValue, type: Type): Json {
  if (value === null || type.kind === "unknown") return null;
  if (type.kind === "boolean") return value === true;
  if (type.kind === "array" && value instanceof DuckDBListValue)
    return value.items.map((item) => json(item, type.element));
  if (type.kind === "map" && value instanceof DuckDBMapValue) {
    return Object.fromEntries(
      value.entries.map((entry) => [render(entry.key, type.key) ?? "", json(entry.value, type.value)]),
    );
  }
  if (type.kind === "row" && value instanceof DuckDBStructValue) {
    const { entries } = value;
    return Object.fromEntries(
      type.fields.map((field, i) => [field.name ?? `field${i}`, json(entries[`f${i}`] ?? null, field.type)]),
    );
  }
  const text = render(value, type);
  return isNumeric(type) && text !== null ? exactNumber(text) : text;
}

/** A number's text as a JSON number where that is exact, else as it is. */
export function exactNumber(text: string): Json {
  const value = Number(text);
  if (!Number.isFinite(value)) return text;
  // Written out again it must have the same digits: 0.10 and 0.1 do, 12345678901234567.89 doesn't.
  return /E/.test(text) || digits(String(value)) === digits(text) ? value : text;
}

/** Without the sign, without zeros that say nothing. */
function digits(text: string): string {
  const [whole = "", fraction = ""] = text.replace("-", "").split(".");
  return `${whole.replace(/^0+/, "")}.${fraction.replace(/0+$/, "")}`;
}
