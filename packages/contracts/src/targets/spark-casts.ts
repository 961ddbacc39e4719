/** The Spark SQL type that a column is cast to. */

import type { Column } from "../column.ts";
import type { Dataset } from "../dataset.ts";

/** @returns the type as Spark writes it: `string`, `int`, `decimal(10,3)`, … */
export function sparkType(column: Column): string {
  switch (column.kind) {
    case "string":
    case "oneOf":
      return "string";
    case "boolean":
      return "boolean";
    case "integer":
      return "int";
    case "long":
      return "bigint";
    case "double":
      return "double";
    case "decimal":
      return `decimal(${column.precision},${column.scale})`;
    case "date":
      return "date";
    case "timestamp":
      return "timestamp";
    default:
      return column satisfies never;
  }
}

/** @returns one expression per column, in order; `try_cast` gives NULL where the text is not such a value */
export function sparkCasts(dataset: Dataset): readonly string[] {
  return Object.entries(dataset.columns).map(
    ([name, column]) => `try_cast(${name} AS ${sparkType(column)}) AS ${name}`,
  );
}
