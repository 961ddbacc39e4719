/** The columns of an Iceberg table by its metadata file, in the names that Glue has for their types. */

interface Metadata {
  readonly "current-schema-id"?: number;
  readonly schemas?: readonly {
    readonly "schema-id"?: number;
    readonly fields: readonly { readonly name: string; readonly type: unknown }[];
  }[];
}

/** Hive's names where they differ from Iceberg's (Iceberg's table spec, "Primitive Types"). */
const renamed: Readonly<Record<string, string>> = {
  long: "bigint",
  timestamptz: "timestamp",
  uuid: "string",
};

/** @throws Error when the metadata has no current schema */
export function icebergColumns(metadata: Metadata): ReadonlyMap<string, string> {
  const id = metadata["current-schema-id"];
  const schema = metadata.schemas?.find((each) => each["schema-id"] === id);
  if (schema === undefined) throw new Error("an Iceberg table's metadata has no current schema");
  return new Map(schema.fields.map(({ name, type }) => [name, hiveType(type)]));
}

function hiveType(type: unknown): string {
  if (typeof type !== "string") return JSON.stringify(type);
  return renamed[type] ?? type.replaceAll(" ", "");
}
