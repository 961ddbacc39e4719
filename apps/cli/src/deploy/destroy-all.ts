/** Removes an environment: what Terraform made, in the opposite order, and what came to be at run time. */

import { DeleteTableCommand, GlueClient, paginateGetTables } from "@aws-sdk/client-glue";
import type { StackFolders } from "@penstock/infra/synthesise.ts";
import { bucketNames, sharedNames } from "@penstock/lake/names.ts";
import { begin, say } from "../console.ts";
import type { Deployed } from "../session/environment.ts";
import { isBucketThere } from "./state-bucket.ts";
import { destroy, init } from "./terraform.ts";

export async function destroyAll({ environment }: Deployed, folders: StackFolders): Promise<void> {
  if (!(await isBucketThere(bucketNames(environment).state))) {
    say(`${environment.name} is not deployed: there is no state of it.`);
    return;
  }
  await init(folders.pipelines);
  await destroy(folders.pipelines);
  // when nothing is left that could make another
  await removeTables(sharedNames(environment).database);
  await init(folders.storage);
  await destroy(folders.storage);
}

/** Tables that jobs have made, the quarantines: Terraform knows nothing of them. Its own go with them. */
async function removeTables(database: string): Promise<void> {
  const client = new GlueClient();
  const line = begin(`Tables of ${database}`);
  const names = await tableNames(database, client);
  for (const Name of names) await client.send(new DeleteTableCommand({ DatabaseName: database, Name }));
  line.done(`${names.length} removed`);
}

async function tableNames(database: string, client: GlueClient): Promise<readonly string[]> {
  const names: string[] = [];
  try {
    for await (const page of paginateGetTables({ client }, { DatabaseName: database })) {
      names.push(...(page.TableList ?? []).flatMap(({ Name }) => Name ?? []));
    }
  } catch (error) {
    // removed by a destroy that was cut off
    if (!(error instanceof Error && error.name === "EntityNotFoundException")) throw error;
  }
  return names;
}
