/** A table on AWS as the catalogue has it, read by another engine than the one that wrote it. */

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { GetTableCommand, GlueClient } from "@aws-sdk/client-glue";
import { DuckDBInstance } from "@duckdb/node-api";
import type { Dataset } from "@penstock/contracts/dataset.ts";
import { tableNames } from "@penstock/contracts/tables.ts";
import { type Environment, lakeUrl, sharedNames } from "@penstock/lake/names.ts";
import { openObjects } from "@penstock/lake/objects.ts";
import { toolchain } from "@penstock/toolchain/paths.ts";

type Row = Readonly<Record<string, unknown>>;

/** What Glue's columns don't say of a table, and a contract does. */
export interface TableShape {
  readonly location: string;
  /** The columns that are NOT NULL. */
  readonly required: readonly string[];
  /** How many partition fields it has. */
  readonly partitions: number;
  /** Whether it is written by way of branches, which Delta has not. */
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
    branched: dataset.format === "iceberg",
  };
}

/** Reads a table where Glue says that it lies, by way of an empty folder. */
export async function readLakeTable(
  environment: Environment,
  name: string,
  folder: string,
): Promise<LakeTable> {
  const { Table } = await new GlueClient().send(
    new GetTableCommand({ DatabaseName: sharedNames(environment).database, Name: name }),
  );
  const location = Table?.StorageDescriptor?.Location ?? "";
  const objects = openObjects(location);
  for await (const { key } of objects.list("")) {
    const path = join(folder, key);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, await objects.read(key));
  }
  const metadata = Table?.Parameters?.["metadata_location"];
  return metadata === undefined
    ? await deltaTable(folder, location)
    : await icebergTable(folder, basename(metadata, metadataEnding));
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

async function icebergTable(folder: string, version: string): Promise<LakeTable> {
  const file = join(folder, "metadata", `${version}${metadataEnding}`);
  const found = JSON.parse(readFileSync(file, "utf8")) as Metadata;
  const schema = found.schemas.find((each) => each["schema-id"] === found["current-schema-id"]);
  const spec = found["partition-specs"].find((each) => each["spec-id"] === found["default-spec-id"]);
  const isEmpty = (found["current-snapshot-id"] ?? -1) === -1;
  return {
    location: found.location,
    required: (schema?.fields ?? []).flatMap(({ name: column, required }) => (required ? [column] : [])),
    partitions: spec?.fields.length ?? 0,
    branched: found.properties["write.wap.enabled"] === "true",
    // the files name each other by their URLs in S3
    rows: isEmpty
      ? []
      : await scan(`iceberg_scan('${folder}', version => '${version}', allow_moved_paths => true)`),
  };
}

/** What is read of a log's action: https://github.com/delta-io/delta/blob/master/PROTOCOL.md#change-metadata */
interface Action {
  readonly metaData?: { readonly schemaString: string; readonly partitionColumns: readonly string[] };
}

async function deltaTable(folder: string, location: string): Promise<LakeTable> {
  const log = join(folder, "_delta_log");
  const commits = readdirSync(log).filter((name) => /^\d+\.json$/.test(name));
  const actions = commits
    .sort()
    .flatMap((name) => readFileSync(join(log, name), "utf8").trim().split("\n"))
    .map((line) => JSON.parse(line) as Action);
  const metaData = actions.findLast((action) => action.metaData !== undefined)?.metaData;
  const { fields } = JSON.parse(metaData?.schemaString ?? "") as {
    readonly fields: readonly { readonly name: string; readonly nullable: boolean }[];
  };
  return {
    location,
    required: fields.flatMap(({ name, nullable }) => (nullable ? [] : [name])),
    partitions: metaData?.partitionColumns.length ?? 0,
    branched: false,
    rows: await scan(`delta_scan('${folder}')`),
  };
}

async function scan(table: string): Promise<readonly Row[]> {
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  try {
    await connection.run(`SET extension_directory = '${toolchain.duckdbExtensions}'`);
    for (const each of ["LOAD avro", "LOAD iceberg", "LOAD delta", "SET TimeZone = 'UTC'"])
      await connection.run(each);
    const read = await connection.runAndReadAll(`SELECT * FROM ${table}`);
    return read.getRowObjectsJson();
  } finally {
    connection.closeSync();
  }
}
