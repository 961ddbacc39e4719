/** What tells a table from its contract: in Glue's catalogue, and in Iceberg's own metadata. */

import { EntityNotFoundException, GetTableCommand, type GlueClient, type Table } from "@aws-sdk/client-glue";
import type { Dataset } from "@penstock/contracts/dataset.ts";
import { tableNames } from "@penstock/contracts/tables.ts";
import { glueColumns } from "@penstock/contracts/targets/glue-columns.ts";
import { icebergColumns } from "./iceberg-columns.ts";
import { openObjects, readJson } from "./objects.ts";

/** One column that is not what the contract says; null where it is missing. */
export interface Difference {
  readonly dataset: string;
  readonly column: string;
  readonly contract: string | null;
  readonly where: "Glue" | "Iceberg";
  readonly found: string | null;
}

/**
 * Compares a dataset's curated table with its contract, column by column and type by type.
 *
 * What the contract lost stays in the table, so that is no difference.
 */
export async function differences(
  dataset: Dataset,
  database: string,
  client: GlueClient,
): Promise<readonly Difference[]> {
  const name = tableNames(dataset).curated;
  const table = await tableNamed(name, database, client);
  const wanted = new Map(glueColumns(dataset).map((column) => [column.name, column.type]));
  const compared = (where: Difference["where"], found: ReadonlyMap<string, string>): Difference[] =>
    [...wanted].flatMap(([column, contract]) =>
      found.get(column) === contract
        ? []
        : [{ dataset: name, column, contract, where, found: found.get(column) ?? null }],
    );
  const inGlue = new Map(
    (table?.StorageDescriptor?.Columns ?? []).map(({ Name = "", Type = "" }) => [Name, Type]),
  );
  const metadata = table?.Parameters?.metadata_location;
  if (metadata === undefined) return compared("Glue", inGlue);
  return [...compared("Glue", inGlue), ...compared("Iceberg", await metadataColumns(metadata))];
}

async function tableNamed(name: string, database: string, client: GlueClient): Promise<Table | undefined> {
  try {
    return (await client.send(new GetTableCommand({ DatabaseName: database, Name: name }))).Table;
  } catch (error) {
    if (error instanceof EntityNotFoundException) return undefined;
    throw error;
  }
}

async function metadataColumns(url: string): Promise<ReadonlyMap<string, string>> {
  const at = url.lastIndexOf("/") + 1;
  return icebergColumns((await readJson(openObjects(url.slice(0, at)), url.slice(at))) as object);
}
