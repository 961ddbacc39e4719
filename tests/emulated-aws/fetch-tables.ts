/** The tables of a database on AWS, brought to a folder as a laptop has them. */

import { mkdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { GlueClient, paginateGetTables, type Table } from "@aws-sdk/client-glue";
import { openObjects } from "@penstock/lake/objects.ts";

/**
 * @param isWanted of a table's name: whether to bring it
 * @param lakeRoot the lake's folder, which need not be there yet
 */
export async function fetchTables(
  database: string,
  isWanted: (name: string) => boolean,
  lakeRoot: string,
): Promise<void> {
  const client = new GlueClient();
  for await (const { TableList = [] } of paginateGetTables({ client }, { DatabaseName: database })) {
    for (const table of TableList) if (isWanted(table.Name ?? "")) await fetchTable(table, lakeRoot);
  }
}

async function fetchTable({ StorageDescriptor, Parameters }: Table, lakeRoot: string): Promise<void> {
  const location = StorageDescriptor?.Location ?? "";
  const folder = join(lakeRoot, decodeURIComponent(new URL(location).pathname));
  const objects = openObjects(location);
  for await (const { key } of objects.list("")) put(join(folder, key), await objects.read(key));
  const metadata = Parameters?.["metadata_location"];
  if (metadata === undefined) return;
  // on a laptop the newest metadata file goes by its number, on AWS by what the catalogue says
  const current = await objects.read(`metadata/${basename(metadata)}`);
  put(join(folder, "metadata/v1.metadata.json"), current);
  put(join(folder, "metadata/version-hint.text"), "1");
}

function put(path: string, content: Uint8Array | string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}
