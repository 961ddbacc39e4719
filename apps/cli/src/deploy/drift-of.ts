/** What differs: resources by Terraform's plan, tables by their contracts. */

import { stackNames } from "@penstock/infra/stack-names.ts";
import type { StackFolders } from "@penstock/infra/synthesise.ts";
import { allDifferences } from "@penstock/lake/migrations.ts";
import { bucketNames } from "@penstock/lake/names.ts";
import type { Difference } from "@penstock/lake/table-differences.ts";
import { Failure } from "../failure.ts";
import type { Deployed } from "../session/environment.ts";
import { isBucketThere } from "./state-bucket.ts";
import { type Changes, drift, init, type PlannedChange } from "./terraform.ts";
import { toldDifference } from "./told-difference.ts";

export interface Drift {
  readonly differs: boolean;
  readonly lines: readonly string[];
  readonly stacks: Readonly<Record<string, Changes>>;
  /** The resources that Terraform's plan would change, by stack. */
  readonly resources: Readonly<Record<string, readonly PlannedChange[]>>;
  readonly tables: Readonly<Record<string, readonly Difference[]>>;
}

/** @throws Failure when the environment was never deployed */
export async function driftOf(to: Deployed, folders: StackFolders): Promise<Drift> {
  const { name } = to.environment;
  if (!(await isBucketThere(bucketNames(to.environment).state)))
    throw new Failure(`${name} is not deployed: pnpm penstock deploy --env ${name}`);
  const stacks: Record<string, Changes> = {};
  const resources: Record<string, readonly PlannedChange[]> = {};
  for (const stack of stackNames) {
    await init(folders[stack]);
    const found = await drift(folders[stack]);
    stacks[stack] = found.changes;
    resources[stack] = found.resources;
  }
  const tables = Object.fromEntries(await allDifferences(to.environment, to.pipelines));
  const lines = [
    ...stackNames.flatMap((stack) =>
      (resources[stack] ?? []).map(
        ({ address, action }) => `${stack}: ${address} ${conditions[action] ?? action}`,
      ),
    ),
    ...Object.values(tables).flat().map(toldDifference),
  ];
  return { differs: lines.length > 0, lines, stacks, resources, tables };
}

/** What is wrong with a resource, by what a plan would do to it. */
const conditions: Readonly<Record<string, string>> = {
  create: "is missing",
  update: "is another than it was made",
  replace: "is another than it was made, and has to be made anew",
  delete: "is not in the folders any more",
};
