/** One row as JSON Schema (draft 2020-12), the way rows travel: decimals and times as text. */

import type { Column } from "../column.ts";
import type { Dataset } from "../dataset.ts";
import { decimalPattern, timestampPattern } from "../patterns.ts";

export type JsonSchema = { readonly [key: string]: unknown };

export function jsonSchema(dataset: Dataset): JsonSchema {
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: dataset.row,
    description: dataset.description,
    type: "object",
    properties: Object.fromEntries(
      Object.entries(dataset.columns).map(([name, column]) => [name, property(column)]),
    ),
    required: Object.keys(dataset.columns),
    additionalProperties: false,
  };
}

function property(column: Column): JsonSchema {
  return {
    ...(column.description === "" ? {} : { description: column.description }),
    ...shape(column),
    ...(column.pii === undefined ? {} : { "x-pii": column.pii }),
  };
}

function shape(column: Column): JsonSchema {
  const orNull = (type: string) => (column.nullable ? [type, "null"] : type);
  switch (column.kind) {
    case "string":
      return { type: orNull("string") };
    case "boolean":
      return { type: orNull("boolean") };
    case "integer":
      return { type: orNull("integer"), ...range(column, -(2 ** 31), 2 ** 31 - 1) };
    case "long":
      return { type: orNull("integer"), ...range(column, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER) };
    case "double":
      return { type: orNull("number"), ...range(column) };
    case "decimal":
      return {
        type: orNull("string"),
        pattern: decimalPattern(column).source,
        ...textRange(column),
      };
    case "date":
      return { type: orNull("string"), format: "date", ...textRange(column) };
    case "timestamp":
      return {
        type: orNull("string"),
        format: "date-time",
        pattern: timestampPattern.source,
        ...textRange(column),
      };
    case "oneOf":
      return { enum: column.nullable ? [...column.values, null] : [...column.values] };
    default:
      return column satisfies never;
  }
}

function range(
  column: { readonly min?: number; readonly max?: number },
  least?: number,
  most?: number,
): JsonSchema {
  const minimum = column.min ?? least;
  const maximum = column.max ?? most;
  return { ...(minimum === undefined ? {} : { minimum }), ...(maximum === undefined ? {} : { maximum }) };
}

/** JSON Schema compares numbers only; the bounds of text are kept beside it as `x-` keywords. */
function textRange(column: { readonly min?: string; readonly max?: string }): JsonSchema {
  return {
    ...(column.min === undefined ? {} : { "x-minimum": column.min }),
    ...(column.max === undefined ? {} : { "x-maximum": column.max }),
  };
}
