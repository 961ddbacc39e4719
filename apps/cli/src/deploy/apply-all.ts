/** Applies the stacks in their order, and does what Terraform must not know of. */

import { apiUrlsOutput, type StackName, stackNames } from "@penstock/infra/stack-names.ts";
import type { StackFolders } from "@penstock/infra/synthesise.ts";
import { startMigrations } from "@penstock/lake/migrations.ts";
import { bucketNames, sharedNames } from "@penstock/lake/names.ts";
import { begin, say } from "../console.ts";
import type { Deployed } from "../session/environment.ts";
import { ensurePseudonymKey } from "./pseudonym-key.ts";
import { ensureBucket } from "./state-bucket.ts";
import { apply, type Changes, init, outputsOf } from "./terraform.ts";
import { toldDifference } from "./told-difference.ts";

export interface Applied {
  readonly changes: Readonly<Record<StackName, Changes>>;
  /** The executions that bring tables to their contracts, by pipeline. */
  readonly migrations: Readonly<Record<string, string>>;
  /** Where the pipelines' HTTP APIs answer. */
  readonly apiUrls: Readonly<Record<string, string>>;
}

export async function applyAll(to: Deployed, folders: StackFolders): Promise<Applied> {
  const { environment } = to;
  await ensureBucket(bucketNames(environment).state, environment.region);
  const changes: Partial<Record<StackName, Changes>> = {};
  for (const name of stackNames) {
    await init(folders[name]);
    changes[name] = await apply(folders[name]);
    if (name === "storage") await putKey(to);
  }
  const { [apiUrlsOutput]: apiUrls = {} } = await outputsOf(folders.pipelines);
  return {
    changes: changes as Record<StackName, Changes>,
    migrations: await migrations(to),
    apiUrls: apiUrls as Readonly<Record<string, string>>,
  };
}

/** Before any job can run that wants it. */
async function putKey({ environment }: Deployed): Promise<void> {
  const { pseudonymSecret } = sharedNames(environment);
  const line = begin(`The key of pseudonyms, ${pseudonymSecret}`);
  line.done((await ensurePseudonymKey(pseudonymSecret)) ? "made" : "is there");
}

async function migrations({ environment, pipelines }: Deployed): Promise<Record<string, string>> {
  const started = await startMigrations(environment, pipelines);
  for (const { pipeline, differences } of started) {
    say(`The contract of ${pipeline} has changed:`);
    for (const difference of differences) say(`  ${toldDifference(difference)}`);
    say(`  a run brings its tables to it: pnpm penstock runs ${pipeline} --env ${environment.name}`);
  }
  return Object.fromEntries(started.map(({ pipeline, execution }) => [pipeline, execution]));
}
