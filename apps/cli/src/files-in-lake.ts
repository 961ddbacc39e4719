import type { Ledger } from "@penstock/lake/ledger.ts";
import type { Objects } from "@penstock/lake/objects.ts";
import { isInput } from "@penstock/steps/plan-run/event.ts";

/** A file of a pipeline, by the key it was dropped under. */
export interface FileInLake {
  readonly key: string;
  readonly size: number;
  readonly modified: string;
}

/** The newest content of each key below a prefix: what lies there, and what was put away; in the order of keys. */
export async function filesInLake(
  objects: Objects,
  ledger: Ledger,
  { prefix, beginning }: { readonly prefix: string; readonly beginning: string },
): Promise<FileInLake[]> {
  const newest = new Map<string, FileInLake>();
  const add = ({ key, size, modified }: FileInLake): void => {
    const known = newest.get(key);
    if (known === undefined || known.modified < modified) newest.set(key, { key, size, modified });
  };
  for (const input of await ledger.inputs("done", "rejected", "held", "rolled_back")) {
    if (input.put_away != null && input.key.startsWith(prefix + beginning)) add(input);
  }
  for await (const { key, size, modified } of objects.list(prefix + beginning)) {
    if (isInput(key, prefix)) add({ key, size, modified: modified.toISOString() });
  }
  return [...newest.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}
