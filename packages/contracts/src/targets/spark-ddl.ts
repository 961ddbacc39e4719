/** The curated table as Spark DDL. */

import type { Dataset, Format, Partition } from "../dataset.ts";
import { lineageColumns } from "../lineage.ts";
import { sparkType } from "./spark-casts.ts";

const tableProperties: Readonly<Record<Format, Readonly<Record<string, string>>>> = {
  iceberg: {
    "format-version": "2",
    "write.format.default": "parquet",
    // every run writes to a branch of its own and publishes by fast-forward
    "write.wap.enabled": "true",
  },
  delta: {
    // Athena does not read a table that has them
    "delta.enableDeletionVectors": "false",
    // a version can be gone back to as long as its log is there, and VACUUM knows when its files were replaced, which
    // Delta forgets after a week; what it costs is a few KB a commit
    "delta.logRetentionDuration": "interval 3650 days",
    "delta.deletedFileRetentionDuration": "interval 3650 days",
  },
};

/**
 * @param table what the table is called where it is to be created: a name in a catalogue, a path for Delta
 * @returns one statement, without a semicolon, creating the table if it is not there
 */
export function sparkDdl(dataset: Dataset, table: string): string {
  const columns = [
    ...Object.entries(dataset.columns).map(([name, column]) =>
      columnDdl(name, sparkType(column), !column.nullable, column.description),
    ),
    ...lineageColumns.map(({ name, type, description }) => columnDdl(name, type, false, description)),
  ];
  return [
    `CREATE TABLE IF NOT EXISTS ${table} (`,
    columns.join(",\n"),
    ")",
    `USING ${dataset.format}`,
    ...(dataset.partitionBy.length === 0
      ? []
      : [`PARTITIONED BY (${dataset.partitionBy.map(partitionDdl).join(", ")})`]),
    `COMMENT ${literal(dataset.description)}`,
    "TBLPROPERTIES (",
    Object.entries(tableProperties[dataset.format])
      .map(([name, value]) => `  ${literal(name)} = ${literal(value)}`)
      .join(",\n"),
    ")",
  ].join("\n");
}

/** The transform as Spark writes it: `months(started_at)`. */
function partitionDdl(partition: Partition): string {
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
