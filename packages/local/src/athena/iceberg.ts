/** An Iceberg table on disk, read from its newest metadata file alone. */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { AthenaError } from "./errors.ts";
import {
  array,
  bigint,
  boolean,
  date,
  decimal,
  double,
  integer,
  real,
  type Type,
  timestamp,
  timestamptz,
  varbinary,
  varchar,
} from "./type.ts";

export interface IcebergTable {
  /** The metadata file's, by its name. */
  readonly version: number;
  /** Without a snapshot there is nothing to scan. */
  readonly empty: boolean;
  readonly columns: readonly { readonly name: string; readonly type: Type }[];
}

/**
 * The table whose folder this is, or nothing when it has no metadata.
 *
 * @param version the id of a snapshot: its columns are those of its own schema; the newest when there is none
 * @throws AthenaError INVALID_ARGUMENTS for a snapshot that is not (or no longer) there
 */
export function icebergTable(folder: string, version?: string): IcebergTable | undefined {
  const metadata = join(folder, "metadata");
  const newest = newestVersion(metadata);
  if (newest === undefined) return undefined;
  const content = JSON.parse(readFileSync(metadataFile(metadata, newest), "utf8"), exactIds) as Metadata;
  const current = content["current-snapshot-id"];
  const asked = content.snapshots?.find((snapshot) => snapshot["snapshot-id"] === version);
  if (version !== undefined && asked === undefined)
    throw new AthenaError("INVALID_ARGUMENTS", `Iceberg snapshot ID does not exists: ${version}`);
  const schemaId = asked?.["schema-id"] ?? content["current-schema-id"];
  const schema = content.schemas?.find((one) => one["schema-id"] === schemaId) ?? content.schema;
  return {
    version: newest,
    empty: asked === undefined && (current === undefined || current === null || current === "-1"),
    columns: (schema?.fields ?? []).map(({ name, type }) => ({ name, type: icebergType(type) })),
  };
}

interface Metadata {
  readonly "current-snapshot-id"?: string | null;
  readonly "current-schema-id"?: number;
  readonly schemas?: readonly Schema[];
  readonly schema?: Schema;
  readonly snapshots?: readonly { readonly "snapshot-id": string; readonly "schema-id"?: number }[];
}

/** Snapshot ids are beyond 2^53: they stay the text that they are in the file. */
function exactIds(key: string, value: unknown, context?: { readonly source?: string }): unknown {
  const isId = key === "snapshot-id" || key === "current-snapshot-id";
  return isId && typeof value === "number" ? (context?.source ?? String(value)) : value;
}

interface Schema {
  readonly "schema-id"?: number;
  readonly fields: readonly { readonly name: string; readonly type: IcebergType }[];
}

type IcebergType =
  | string
  | { readonly type: "list"; readonly element: IcebergType }
  | { readonly type: "map"; readonly key: IcebergType; readonly value: IcebergType }
  | {
      readonly type: "struct";
      readonly fields: readonly { readonly name: string; readonly type: IcebergType }[];
    };

/** What the hint names, as Iceberg itself goes by it; without a hint the highest version. */
function newestVersion(folder: string): number | undefined {
  const versions = versionsIn(folder);
  return hintedVersion(folder) ?? (versions.length === 0 ? undefined : Math.max(...versions));
}

const metadataFile = (folder: string, version: number): string => join(folder, `v${version}.metadata.json`);

function versionsIn(folder: string): readonly number[] {
  try {
    return readdirSync(folder)
      .flatMap((name) => /^v(\d+)\.metadata\.json$/.exec(name)?.[1] ?? [])
      .map(Number);
  } catch {
    return [];
  }
}

/**
 * Iceberg goes on from the hinted version to whatever follows it: a writer writes the new metadata first and the
 * hint afterwards, and the commit is done with the first.
 */
function hintedVersion(folder: string): number | undefined {
  let hinted: number;
  try {
    hinted = Number(readFileSync(join(folder, "version-hint.text"), "utf8").trim());
  } catch {
    return undefined;
  }
  if (!Number.isInteger(hinted)) return undefined;
  let version = hinted;
  while (existsSync(metadataFile(folder, version + 1))) version += 1;
  return existsSync(metadataFile(folder, version)) ? version : undefined;
}

const SIMPLE: Readonly<Record<string, Type>> = {
  boolean,
  int: integer,
  long: bigint,
  float: real,
  double,
  string: varchar,
  date,
  binary: varbinary,
  timestamp: timestamp(6),
  timestamptz: timestamptz(6),
};

function icebergType(type: IcebergType): Type {
  if (typeof type !== "string") return nestedType(type);
  const known = SIMPLE[type];
  if (known !== undefined) return known;
  const parts = /^decimal\((\d+),\s*(\d+)\)$/.exec(type);
  return parts === null ? { kind: "foreign", name: type } : decimal(Number(parts[1]), Number(parts[2]));
}

/** A list of a type that is known is an array; maps and structs are not read here. */
function nestedType(type: Exclude<IcebergType, string>): Type {
  if (type.type !== "list") return { kind: "foreign", name: type.type };
  const element = icebergType(type.element);
  return element.kind === "foreign" ? { kind: "foreign", name: `list of ${element.name}` } : array(element);
}
