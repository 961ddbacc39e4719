/** Shows what a deploy would change. */

import { type StackName, stackNames } from "@penstock/infra/stack-names.ts";
import type { StackFolders } from "@penstock/infra/synthesise.ts";
import { bucketNames } from "@penstock/lake/names.ts";
import { print, say } from "../console.ts";
import { Failure } from "../failure.ts";
import type { Deployed } from "../session/environment.ts";
import { resourceCounts } from "./planned.ts";
import { isBucketThere } from "./state-bucket.ts";
import { type Changes, counts, init, plan } from "./terraform.ts";

export async function planAll(
  { environment }: Deployed,
  folders: StackFolders,
): Promise<Readonly<Partial<Record<StackName, Changes>>>> {
  if (!(await isBucketThere(bucketNames(environment).state))) return planNew(folders);
  const changes: Partial<Record<StackName, Changes>> = {};
  for (const name of stackNames) {
    await init(folders[name]);
    try {
      changes[name] = await plan(folders[name]);
    } catch (error) {
      // a first deploy that was cut off: the key that the next stack looks up is not there yet
      if (!(error instanceof Failure) || total(changes.storage) === 0) throw error;
      say(`${name} can be planned once storage is there.`);
    }
  }
  for (const [name, each] of Object.entries(changes)) print(`${name}: ${counts(each)}`);
  return changes;
}

const total = (changes: Changes | undefined): number =>
  changes === undefined ? 0 : changes.add + changes.change + changes.remove;

/** Nothing is there, not even Terraform's state: all of it is to be made. */
function planNew(folders: StackFolders): Readonly<Record<StackName, Changes>> {
  const all = stackNames.map((name) => {
    const types = resourceCounts(folders[name]);
    const add = Object.values(types).reduce((sum, count) => sum + count, 0);
    print(`${name}: ${add} resources to make`);
    for (const [type, count] of Object.entries(types)) print(`  ${String(count).padStart(3)} ${type}`);
    return [name, { add, change: 0, remove: 0 }] as const;
  });
  return Object.fromEntries(all) as Record<StackName, Changes>;
}
