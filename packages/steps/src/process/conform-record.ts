/** From a JSON record to a row of the contract, as the Glue job makes it: the same casts, the same reasons. */

import type { Column } from "@penstock/contracts/column.ts";
import type { Dataset } from "@penstock/contracts/dataset.ts";
import type { ProcessedRow, Processing, Series } from "@penstock/workflows/series.ts";
import Big from "big.js";
import { LosslessNumber, stringify } from "lossless-json";
import { givenTwice, type JsonRecord } from "./records.ts";

/** A row, or what is against it. */
export type Conformed =
  | { readonly row: ProcessedRow; readonly reasons: null }
  | { readonly row: null; readonly reasons: readonly string[] };

/** What a row is conformed to. */
export interface RowFacts {
  readonly dataset: Dataset;
  readonly series: Series;
  readonly processing: Processing;
}

/** @param received when the record's file was put, ISO 8601 */
export function conformRecord(
  record: JsonRecord | null,
  received: string,
  { dataset, series, processing }: RowFacts,
): Conformed {
  if (record === null) return { row: null, reasons: ["not a JSON object"] };
  const reasons: string[] = [];
  const row: Record<string, string> = { received_at: received };
  for (const name of processing.given) {
    const column = dataset.columns[name];
    if (column === undefined) throw new Error(`${dataset.name} has no column ${name}`);
    if (record[name] === givenTwice) {
      reasons.push(`${name}: given twice`);
      continue;
    }
    const text = textOf(record[name]);
    const value = text === null ? null : castOf(text, column);
    if (value === null) reasons.push(`${name}: ${text === null ? "missing" : "unparsable"}`);
    else row[name] = value;
  }
  if (reasons.length > 0) return { row: null, reasons };
  const whole = processing.derive(row);
  const time = row[series.time] ?? "";
  const against = [
    ...(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(time) ? [] : ["whole second"]),
    ...processing.objections(whole),
  ];
  return against.length > 0 ? { row: null, reasons: against } : { row: whole, reasons: null };
}

/** Null for what is not there; what is neither text nor a number is its JSON. */
function textOf(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  if (value instanceof LosslessNumber) return value.value;
  // blanks alone, as in SQL
  const text = typeof value === "string" ? value.replace(/^ +| +$/g, "") : stringify(value);
  return text === "" || text === undefined ? null : text;
}

function castOf(text: string, column: Column): string | null {
  switch (column.kind) {
    case "string":
      return text;
    case "decimal":
      return decimalOf(text, column);
    case "timestamp":
      return instantOf(text);
    default:
      throw new Error(`no series has a column of the kind ${column.kind}`);
  }
}

/** As Spark casts: rounded half up to the scale, and nothing when it has too many digits then. */
export function decimalOf(
  text: string,
  { precision, scale }: { readonly precision: number; readonly scale: number },
): string | null {
  // an exponent of thousands is a number to the library, and a long time; so is a long text to the pattern
  const parts = text.length > 400 ? null : /^[+-]?(?:\d+\.?(\d*)|\.(\d+))(?:e([+-]?\d{1,3}))?$/i.exec(text);
  if (parts === null) return null;
  const [, after = "", alone = "", exponent = "0"] = parts;
  // nor does Spark take a nought with more than 38 digits before the point
  if (Number(exponent) - (after + alone).length > 37) return null;
  const rounded = new Big(text.replace(/^\+/, "")).round(scale, Big.roundHalfUp);
  if (rounded.abs().gte(new Big(10).pow(precision - scale))) return null;
  return rounded.eq(0) ? "0" : rounded.toFixed();
}

/** A time without an offset could be any hour: it is none. Spark counts in microseconds, and to 18 hours of offset. */
const instant =
  /^(\d{4}-\d\d-\d\d)[T ]((?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d)(?:\.(\d{1,6})0*)? *(Z|[+-](?:(?:0\d|1[0-7]):?[0-5]\d|18:?00))$/;

/** An instant as it is stored: `2026-11-28T21:05:00Z`. */
function instantOf(text: string): string | null {
  const [, date = "", time = "", fraction = "", zone = ""] = instant.exec(text) ?? [];
  // a day that the month does not have would be another month's
  const midnight = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(midnight) || new Date(midnight).toISOString().slice(0, 10) !== date) return null;
  const offset = zone.replace(/^(.\d\d):?/, "$1:");
  const whole = new Date(`${date}T${time}${offset}`).toISOString().replace(/\.\d+Z$/, "Z");
  if (!/^(?!0000)\d{4}-/.test(whole)) return null;
  return /^0*$/.test(fraction) ? whole : whole.replace(/Z$/, `.${fraction}Z`);
}
