/** Which of the inputs that wait go into one run. */

import type { Entry, Input, RunFile } from "@penstock/lake/ledger-entries.ts";
import type { PlanRunContext } from "./context.ts";
import { changeInput, eachInput } from "./inputs.ts";
import { deleted, registerKey, replaced } from "./register.ts";
import { headOf, whereabouts } from "./whereabouts.ts";

/** What one run takes at most; the rest waits for the next. An item of the ledger holds 400 KB. */
const maxFiles = 500;
const maxBytes = 120_000;

/**
 * The pending inputs as they are now, the oldest first. What was deleted or replaced meanwhile is rejected with
 * that reason, and what replaced it goes in its place.
 */
export async function settledFiles(context: PlanRunContext): Promise<RunFile[]> {
  const waiting = await context.ledger.inputs("pending");
  let stale = false;
  await eachInput(waiting, async (input) => {
    if (await rejectStale(input, context)) stale = true;
  });
  const files = (stale ? await context.ledger.inputs("pending") : waiting).map(
    ({ key, hash, version, size, modified }): RunFile => ({ key, hash, version, size, modified }),
  );
  return fitting(onePerKey(files.sort(byAge)));
}

/** Of several contents of a key the oldest: files are told apart by their keys, so each gets a run of its own. */
function onePerKey(files: readonly RunFile[]): RunFile[] {
  const keys = new Set<string>();
  return files.filter(({ key }) => !keys.has(key) && keys.add(key));
}

/** True when the input is no longer what it was registered as. */
async function rejectStale(input: Entry<Input>, context: PlanRunContext): Promise<boolean> {
  if ((await whereabouts(input, context.objects)) !== null) return false;
  const head = await headOf(input.key, [input], context.objects);
  // the new content first: whoever is stopped in between finds the old one stale again
  if (head !== null) await registerKey(input.key, {}, context);
  await changeInput(input, { status: "rejected", reason: head === null ? deleted : replaced }, context);
  return true;
}

function fitting(files: readonly RunFile[]): RunFile[] {
  let bytes = 0;
  return files.filter((file, at) => {
    bytes += JSON.stringify(file).length;
    return at === 0 || (at < maxFiles && bytes <= maxBytes);
  });
}

const byAge = (a: RunFile, b: RunFile): number =>
  a.modified === b.modified ? compare(a.key, b.key) : compare(a.modified, b.modified);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
