import type { Entry, Input } from "@penstock/lake/ledger-entries.ts";
import { atOnce } from "../at-once.ts";
import type { PlanRunContext } from "./context.ts";

/** Inputs that are looked at or written at once. */
const inputsAtOnce = 16;

/** Does something with each of many inputs or keys; the results come in their order. */
export const eachInput = async <T, R>(items: Iterable<T>, work: (item: T) => Promise<R>): Promise<R[]> =>
  await atOnce(inputsAtOnce, items, work);

/** Changes an input that the ledger has; nothing is written when it is so already. Returns what it is then. */
export async function changeInput(
  { key, hash }: { readonly key: string; readonly hash: string },
  change: Partial<Input>,
  { ledger }: PlanRunContext,
): Promise<Input> {
  for (;;) {
    const seen = await ledger.input(key, hash);
    if (seen === null) throw new Error(`the ledger has lost ${key} (${hash})`);
    if (isSo(seen, change)) return seen;
    const { revision: _, ...input } = seen;
    const changed: Input = { ...input, ...change };
    if (await ledger.putInput(changed, seen)) return changed;
  }
}

const isSo = (seen: Entry<Input>, change: Partial<Input>): boolean =>
  (Object.keys(change) as (keyof Input)[]).every((field) => seen[field] === change[field]);
