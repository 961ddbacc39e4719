/** Inputs enter the ledger: what an event, a person or a sweep names, each content of a key once. */

import type { Entry, Input } from "@penstock/lake/ledger-entries.ts";
import type { Head } from "@penstock/lake/objects.ts";
import { takeAgain, takeNewestAgain } from "./again.ts";
import type { PlanRunContext } from "./context.ts";
import { type Ask, BadEvent, isInput } from "./event.ts";
import { eachInput } from "./inputs.ts";
import { registerRequest } from "./requests.ts";
import { headOf, putAwayAt, whereabouts } from "./whereabouts.ts";

type Known = readonly Entry<Input>[];

/** What it takes to register a key. */
export type RegisterContext = Pick<PlanRunContext, "ledger" | "objects" | "now">;

export const deleted = "deleted before a run could read it";
export const replaced = "replaced by another content before a run could read it";

/**
 * Registers what an execution is asked to look at; whatever is new, or to be taken again, is pending afterwards.
 *
 * @throws BadEvent when a person names a key that is no file of the pipeline, or asks for work that can't be done
 */
export async function register(ask: Ask, execution: string, context: PlanRunContext): Promise<void> {
  const { facts, ledger, objects } = context;
  switch (ask.kind) {
    case "created":
      if (isInput(ask.key, facts.prefix)) await registerKey(ask.key, { etag: ask.etag }, context);
      return;
    case "keys":
      for (const key of ask.keys) {
        if (isInput(key, facts.prefix)) continue;
        throw new BadEvent(`${key} is no file of ${facts.pipeline}: expected a key below ${facts.prefix}`);
      }
      await eachInput(ask.keys, (key) => registerKey(key, ask.again ? { again: execution } : {}, context));
      return;
    case "work":
      return await registerRequest(ask.asked, execution, context);
    case "again":
      await eachInput(await ledger.inputs("held", "rejected", "rolled_back"), async (input) => {
        const at = await whereabouts(input, objects);
        // what is gone stays as it is
        if (at === input.key) await registerKey(input.key, { again: execution }, context);
        else if (at !== null) await takeAgain(input, execution, context);
      });
      return;
    case "sweep": {
      const known = Map.groupBy(
        await ledger.inputs("pending", "claimed", "done", "rejected", "held", "rolled_back"),
        (input) => input.key,
      );
      const keys: string[] = [];
      for await (const { key } of objects.list(facts.prefix)) if (isInput(key, facts.prefix)) keys.push(key);
      await eachInput(keys, (key) => registerKey(key, {}, context, known.get(key) ?? []));
    }
  }
}

interface How {
  /** The execution that asks for it again, whatever became of it. */
  readonly again?: string;
  /** The content that an event told of. */
  readonly etag?: string | null;
}

/** Registers what is under a key now. */
export async function registerKey(
  key: string,
  how: How,
  context: RegisterContext,
  sofar?: Known,
): Promise<void> {
  const { ledger, objects } = context;
  for (let known = sofar ?? (await ledger.inputsOf(key)); ; known = await ledger.inputsOf(key)) {
    const head = await headOf(key, known, objects);
    const written =
      head === null
        ? await registerNoHead(key, how, known, context)
        : await registerHead(head, known, how.again ?? null, context);
    if (written) return;
  }
}

/** False when the ledger changed meanwhile. */
async function registerHead(
  head: Head,
  known: Known,
  again: string | null,
  { ledger, objects }: RegisterContext,
): Promise<boolean> {
  const seen = known.find((input) => input.hash === head.hash) ?? null;
  if (seen !== null && !isWanted(seen, head, known, again)) {
    // dropped again though it is done: what was put away is enough
    if (seen.status === "done" && (await putAwayAt(seen, objects)) !== null)
      await objects.deleteContent(seen);
    return true;
  }
  const input: Input = {
    key: head.key,
    hash: head.hash,
    status: "pending",
    run_id: seen?.run_id ?? null,
    size: head.size,
    modified: head.modified.toISOString(),
    version: head.version,
    reason: null,
    seq: seen?.seq ?? null,
    again: again ?? seen?.again ?? null,
    put_away: seen?.put_away ?? null,
  };
  return await ledger.putInput(input, seen);
}

/** Whether a content that the ledger knows is to be run once more. */
function isWanted(seen: Input, head: Head, known: Known, again: string | null): boolean {
  if (seen.status === "pending" || seen.status === "claimed") return false;
  // an execution that goes round for other files asks for the same ones each time
  if (again !== null) return seen.again !== again;
  switch (seen.status) {
    case "done":
      // the first content again after the second: the second is what the tables have
      return known.some((other) => (other.seq ?? 0) > (seen.seq ?? 0));
    case "rejected":
      // dropped once more, by someone who thinks that it can be read now; an event told twice is no such thing,
      // unless the file had been put away since
      return seen.put_away != null || seen.modified !== head.modified.toISOString();
    case "held":
    case "rolled_back":
      return false;
  }
}

/** Under the key there is nothing: it was put away and is asked for again, or it is gone. */
async function registerNoHead(
  key: string,
  { again, etag }: How,
  known: Known,
  context: RegisterContext,
): Promise<boolean> {
  const taken = again === undefined ? null : await takeNewestAgain(known, again, context);
  return taken ?? (await registerMissing(key, etag ?? null, known, context));
}

/** An event told of an object that is gone: nobody read it, unless the ledger says so. */
async function registerMissing(
  key: string,
  etag: string | null,
  known: Known,
  { ledger, objects, now }: RegisterContext,
): Promise<boolean> {
  const waiting = known.filter((input) => input.status === "pending");
  for (const input of waiting) {
    if ((await putAwayAt(input, objects)) !== null) continue;
    if (!(await ledger.putInput({ ...input, status: "rejected", reason: deleted }, input))) return false;
  }
  const tells = etag !== null && objects.root.startsWith("s3:");
  const hash = tells ? `etag:${etag}` : "unknown";
  if (tells ? known.some((input) => input.hash === hash) : known.length > 0) return true;
  return await ledger.putInput(
    {
      key,
      hash,
      status: "rejected",
      run_id: null,
      size: 0,
      modified: now().toISOString(),
      version: null,
      reason: deleted,
      seq: null,
      again: null,
    },
    null,
  );
}
