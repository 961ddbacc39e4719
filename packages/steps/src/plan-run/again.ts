/** Inputs that were put away, taken once more: nothing under their key tells of them. */

import type { Entry, Input } from "@penstock/lake/ledger-entries.ts";
import type { PlanRunContext } from "./context.ts";
import { putAwayAt } from "./whereabouts.ts";

/** Takes an input once more, unless it is a file that was mended since. */
export async function takeAgain(
  input: Entry<Input>,
  execution: string,
  { ledger }: PlanRunContext,
): Promise<void> {
  const { key, hash, status, modified } = input;
  if (status === "rejected" && (await ledger.inputsOf(key)).some((other) => other.modified > modified))
    return;
  for (let seen: Entry<Input> | null = input; seen !== null; seen = await ledger.input(key, hash)) {
    if (await putPending(seen, execution, ledger)) return;
  }
}

/**
 * Takes the newest content of a key that was put away once more.
 *
 * @returns null when there is none; false when the ledger changed meanwhile
 */
export async function takeNewestAgain(
  known: readonly Entry<Input>[],
  execution: string,
  { ledger, objects }: Pick<PlanRunContext, "ledger" | "objects">,
): Promise<boolean | null> {
  for (const input of known.toSorted((a, b) => (a.modified < b.modified ? 1 : -1))) {
    if ((await putAwayAt(input, objects)) !== null) return await putPending(input, execution, ledger);
  }
  return null;
}

/** False when the ledger changed meanwhile. */
async function putPending(
  seen: Entry<Input>,
  execution: string,
  ledger: PlanRunContext["ledger"],
): Promise<boolean> {
  const waits = seen.status === "pending" || seen.status === "claimed";
  // an execution that goes round for other files asks for the same ones each time
  if (waits || seen.again === execution) return true;
  const { revision: _, ...input } = seen;
  return await ledger.putInput({ ...input, status: "pending", reason: null, again: execution }, seen);
}
