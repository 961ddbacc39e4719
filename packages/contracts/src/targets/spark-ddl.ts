/** The curated Iceberg table as Spark DDL. */

import type { Dataset, Partition } from "../dataset.ts";
import { lineageColumns } from "../lineage.ts";
import { tableNames } from "../tables.ts";
import { sparkType } from "./spark-casts.ts";

/** Where the table is to be created. */
export interface Place {
  readonly catalog: string;
  readonly database: string;
}

/** Every run writes to a branch of its own and publishes by fast-forward, hence `write.wap.enabled`. */
const tableProperties: Readonly<Record<string, string>> = {
  "format-version": "2",
  "write.format.default": "parquet",
  "write.wap.enabled": "true",
};

/** @returns one statement, without a semicolon, creating the table if it is not there */
export function sparkDdl(dataset: Dataset, place: Place): string {
  const columns = [
    ...Object.entries(dataset.columns).map(([name, column]) =>
      columnDdl(name, sparkType(column), !column.nullable, column.description),
    ),
    ...lineageColumns.map(({ name, type, description }) => columnDdl(name, type, false, description)),
  ];
  return [
    `CREATE TABLE IF NOT EXISTS ${place.catalog}.${place.database}.${tableNames(dataset).curated} (`,
    columns.join(",\n"),
    ")",
    "USING iceberg",
    ...(dataset.partitionBy.length === 0
      ? []
      : [`PARTITIONED BY (${dataset.partitionBy.map(partitionDdl).join(", ")})`]),
    `COMMENT ${literal(dataset.description)}`,
    "TBLPROPERTIES (",
    Object.entries(tableProperties)
      .map(([name, value]) => `  ${literal(name)} = ${literal(value)}`)
      .join(",\n"),
    ")",
  ].join("\n");
}

/** The transform as Spark writes it: `months(started_at)`. */
export function partitionDdl(partition: Partition): string {
  switch (partition.transform) {
    case "month":
      return `months(${partition.column})`;
    case "day":
      return `days(${partition.column})`;
    case "identity":
      return partition.column;
    default:
      return partition.transform satisfies never;
  }
}

function columnDdl(name: string, type: string, required: boolean, description: string): string {
  const comment = description === "" ? "" : ` COMMENT ${literal(description)}`;
  return `  ${name} ${type}${required ? " NOT NULL" : ""}${comment}`;
}

/** Spark escapes by backslash; a doubled quote would end one literal and begin the next. */
function literal(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
