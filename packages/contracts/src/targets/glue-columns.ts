/** The columns of the curated table as the Glue catalogue keeps them, in Hive's type names. */

import type { Column } from "../column.ts";
import type { Dataset } from "../dataset.ts";
import { lineageColumns } from "../lineage.ts";

export interface GlueColumn {
  readonly name: string;
  readonly type: string;
  readonly comment: string;
}

/** Longest comment that Glue takes, in characters. */
const longestComment = 255;

/** The partitions of an Iceberg table are hidden in its metadata, so there are no partition keys. */
export function glueColumns(dataset: Dataset): readonly GlueColumn[] {
  return [
    ...Object.entries(dataset.columns).map(([name, column]) => ({
      name,
      type: glueType(column),
      comment: column.description.slice(0, longestComment),
    })),
    ...lineageColumns.map(({ name, type, description }) => ({ name, type, comment: description })),
  ];
}

function glueType(column: Column): string {
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
