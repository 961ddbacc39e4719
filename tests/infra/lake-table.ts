/** An Iceberg table on AWS as the catalogue has it, read by another engine than the one that wrote it. */

import { mkdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { GetTableCommand, GlueClient } from "@aws-sdk/client-glue";
import { DuckDBInstance } from "@duckdb/node-api";
import type { Dataset } from "@penstock/contracts/dataset.ts";
import { tableNames } from "@penstock/contracts/tables.ts";
import { type Environment, lakeUrl, sharedNames } from "@penstock/lake/names.ts";
import { openObjects, readJson } from "@penstock/lake/objects.ts";
import { toolchain } from "@penstock/toolchain/paths.ts";

type Row = Readonly<Record<string, unknown>>;

/** What Glue's columns don't say of a table, and a contract does. */
export interface TableShape {
  readonly location: string;
  /** The columns that are NOT NULL. */
  readonly required: readonly string[];
  /** How many partition fields it has. */
  readonly partitions: number;
  /** Whether it is written by way of branches. */
  readonly branched: boolean;
}

export interface LakeTable extends TableShape {
  readonly rows: readonly Row[];
}

/** The shape of a dataset's table by its contract. */
export function shapeOf(dataset: Dataset, environment: Environment): TableShape {
  const { curated } = tableNames(dataset);
  const columns = Object.entries(dataset.columns);
  return {
    location: `${lakeUrl(environment)}warehouse/${sharedNames(environment).database}/${curated}`,
    required: columns.flatMap(([column, { nullable }]) => (nullable ? [] : [column])),
    partitions: dataset.partitionBy.length,
    branched: true,
  };
}

/** What is read of a metadata file: https://iceberg.apache.org/spec/#table-metadata-and-snapshots */
interface Metadata {
  readonly location: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly "current-schema-id": number;
  readonly schemas: readonly {
    readonly "schema-id": number;
    readonly fields: readonly { readonly name: string; readonly required: boolean }[];
  }[];
  readonly "default-spec-id": number;
  readonly "partition-specs": readonly { readonly "spec-id": number; readonly fields: readonly unknown[] }[];
  readonly "current-snapshot-id"?: number | null;
}

const metadataEnding = ".metadata.json";

/** Reads a table where Glue's `metadata_location` says, by way of an empty folder. */
export async function readLakeTable(
  environment: Environment,
  name: string,
  folder: string,
): Promise<LakeTable> {
  const { Table } = await new GlueClient().send(
    new GetTableCommand({ DatabaseName: sharedNames(environment).database, Name: name }),
  );
  const objects = openObjects(Table?.StorageDescriptor?.Location ?? "");
  const version = basename(Table?.Parameters?.["metadata_location"] ?? "", metadataEnding);
  for await (const { key } of objects.list("")) {
    const path = join(folder, key);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, await objects.read(key));
  }
  const found = (await readJson(objects, `metadata/${version}${metadataEnding}`)) as Metadata;
  const schema = found.schemas.find((each) => each["schema-id"] === found["current-schema-id"]);
  const spec = found["partition-specs"].find((each) => each["spec-id"] === found["default-spec-id"]);
  const isEmpty = (found["current-snapshot-id"] ?? -1) === -1;
  return {
    location: found.location,
    required: (schema?.fields ?? []).flatMap(({ name: column, required }) => (required ? [column] : [])),
    partitions: spec?.fields.length ?? 0,
    branched: found.properties["write.wap.enabled"] === "true",
    rows: isEmpty ? [] : await scan(folder, version),
  };
}

async function scan(folder: string, version: string): Promise<readonly Row[]> {
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  try {
    await connection.run(`SET extension_directory = '${toolchain.duckdbExtensions}'`);
    for (const each of ["LOAD avro", "LOAD iceberg", "SET TimeZone = 'UTC'"]) await connection.run(each);
    // the files name each other by their URLs in S3
    const read = await connection.runAndReadAll(
      `SELECT * FROM iceberg_scan('${folder}', version => '${version}', allow_moved_paths => true)`,
    );
    return read.getRowObjectsJson();
  } finally {
    connection.closeSync();
  }
}
