import type { Entry, Input } from "@penstock/lake/ledger-entries.ts";
import { atOnce } from "../at-once.ts";
import type { PlanRunContext } from "./context.ts";

/** Inputs that are looked at or written at once. */
const inputsAtOnce = 16;

/** Does something with each of many inputs or keys. */
export const eachInput = async <T>(
  items: Iterable<T>,
  work: (item: T) => Promise<unknown>,
): Promise<void> => {
  await atOnce(inputsAtOnce, items, work);
};

/** Changes an input that the ledger has; nothing is written when it is so already. */
export async function changeInput(
  { key, hash }: { readonly key: string; readonly hash: string },
  change: Partial<Input>,
  { ledger }: PlanRunContext,
): Promise<void> {
  for (;;) {
    const seen = await ledger.input(key, hash);
    if (seen === null) throw new Error(`the ledger has lost ${key} (${hash})`);
    if (isSo(seen, change)) return;
    const { revision: _, ...input } = seen;
    if (await ledger.putInput({ ...input, ...change }, seen)) return;
  }
}

const isSo = (seen: Entry<Input>, change: Partial<Input>): boolean =>
  (Object.keys(change) as (keyof Input)[]).every((field) => seen[field] === change[field]);
