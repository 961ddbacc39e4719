/** What a synthesised stack holds, when nothing of it is there that a plan could be compared with. */

import { readFileSync } from "node:fs";
import { join } from "node:path";

interface Synthesised {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** How many resources of each type the stack in a folder has, by the types' names. */
export function resourceCounts(folder: string): Readonly<Record<string, number>> {
  const { resource = {} } = JSON.parse(readFileSync(join(folder, "cdk.tf.json"), "utf8")) as Synthesised;
  const counted = Object.entries(resource).map(([type, named]) => [type, Object.keys(named).length] as const);
  return Object.fromEntries(counted.toSorted(([one], [other]) => one.localeCompare(other)));
}
