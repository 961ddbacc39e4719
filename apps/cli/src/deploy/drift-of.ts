/** What differs: resources by Terraform's plan, tables by their contracts. */

import { stackNames } from "@penstock/infra/stack-names.ts";
import type { StackFolders } from "@penstock/infra/synthesise.ts";
import { bucketNames } from "@penstock/lake/names.ts";
import type { Difference } from "@penstock/lake/table-differences.ts";
import { Failure } from "../failure.ts";
import type { Deployed } from "../session/environment.ts";
import { allDifferences, told } from "./migrate.ts";
import { isBucketThere } from "./state-bucket.ts";
import { type Changes, drift, init } from "./terraform.ts";

export interface Drift {
  readonly differs: boolean;
  readonly lines: readonly string[];
  readonly stacks: Readonly<Record<string, Changes>>;
  readonly tables: Readonly<Record<string, readonly Difference[]>>;
}

/** @throws Failure when the environment was never deployed */
export async function driftOf(to: Deployed, folders: StackFolders): Promise<Drift> {
  const { name } = to.environment;
  if (!(await isBucketThere(bucketNames(to.environment).state)))
    throw new Failure(`${name} is not deployed: pnpm penstock deploy --env ${name}`);
  const stacks: Record<string, Changes> = {};
  for (const stack of stackNames) {
    await init(folders[stack]);
    stacks[stack] = await drift(folders[stack]);
  }
  const tables = Object.fromEntries(await allDifferences(to));
  const changed = Object.entries(stacks).filter(([, { add, change, remove }]) => add + change + remove > 0);
  const lines = [
    ...changed.map(
      ([stack, { add, change, remove }]) =>
        `${stack}: ${add} resources missing, ${change} changed, ${remove} too many`,
    ),
    ...Object.values(tables).flat().map(told),
  ];
  return { differs: lines.length > 0, lines, stacks, tables };
}
