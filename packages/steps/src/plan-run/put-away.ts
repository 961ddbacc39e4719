/** Put away: the files that the run took in go to the archive, those that it could not to where they can be mended. */

import type { Input, Run, RunFile } from "@penstock/lake/ledger-entries.ts";
import { type Content, writeJson } from "@penstock/lake/objects.ts";
import type { ReportedFile } from "@penstock/lake/report.ts";
import { putAwayPrefix, type Zone } from "@penstock/workflows/put-away-prefix.ts";
import { command } from "../notice.ts";
import type { PlanRunContext } from "./context.ts";
import { changeInput, eachInput } from "./inputs.ts";
import { assertLease } from "./lease.ts";
import { putAwayKey, reasonKey } from "./put-away-key.ts";
import { putAwayAt } from "./whereabouts.ts";

export interface PutAwayRequest {
  readonly execution: string;
  readonly run_id: string;
}

export interface PutAway {
  /** Files that lie in the archive now. */
  readonly archived: number;
  readonly rejected: number;
  /** Files that were deleted or replaced since they were claimed. */
  readonly gone: number;
}

/**
 * Copies each file, notes where, and only then deletes what was dropped, as long as it is still that content: a
 * run that is stopped anywhere does it again and comes to the same. What lies in the archive stays there for good.
 *
 * @throws LeaseLost, ObjectTaken
 */
export async function putAway(
  { execution, run_id }: PutAwayRequest,
  context: PlanRunContext,
): Promise<PutAway> {
  await assertLease(execution, context);
  const run = await context.ledger.run(run_id);
  if (run === null) throw new Error(`the ledger knows no run ${run_id}`);
  const outcomes = new Map(run.outcomes.map((outcome) => [outcome.key, outcome]));
  const done = await eachInput(run.files, async (file) => {
    const outcome = outcomes.get(file.key);
    const rejected = outcome?.status === "rejected" ? outcome : null;
    return (await putFileAway(file, run, rejected, context)) ? zoneOf(rejected) : "gone";
  });
  const count = (what: Zone | "gone"): number => done.filter((each) => each === what).length;
  return { archived: count("archive"), rejected: count("rejected"), gone: count("gone") };
}

const zoneOf = (rejected: ReportedFile | null): Zone => (rejected === null ? "archive" : "rejected");

/** False when its content is gone. */
async function putFileAway(
  file: RunFile,
  run: Run,
  rejected: ReportedFile | null,
  context: PlanRunContext,
): Promise<boolean> {
  const { ledger, objects, facts } = context;
  const input = await ledger.input(file.key, file.hash);
  if (input === null) throw new Error(`the ledger has lost ${file.key} (${file.hash})`);
  const zone = zoneOf(rejected);
  const lies = await putAwayAt(input, objects);
  const isKept = zone === "archive" && lies?.startsWith(putAwayPrefix(zone, facts.prefix)) === true;
  const to = isKept ? lies : putAwayKey(zone, facts.prefix, run.run_id, file.key);
  if (to !== lies && !(await objects.copy(await contentAt(lies, input, context), to))) return false;
  if (rejected !== null) await writeJson(objects, reasonKey(to), reasonFile(rejected, run, context));
  await changeInput(file, { put_away: to }, context);
  await objects.deleteContent(file);
  return true;
}

/** What is to be copied: the file as it was claimed, or what was put away of it. */
async function contentAt(lies: string | null, input: Input, { objects }: PlanRunContext): Promise<Content> {
  if (lies === null) return input;
  // in S3 a copy may have another hash
  return (await objects.head(lies)) ?? input;
}

function reasonFile({ key, profile, reason }: ReportedFile, run: Run, { facts, now }: PlanRunContext) {
  return {
    key,
    run_id: run.run_id,
    reason,
    profile,
    rejected_at: now().toISOString(),
    next: [
      `Mend it and drop it again as ${key}; or add its format to the pipeline's sources, then:`,
      command(facts, `run ${facts.pipeline} --again`),
    ],
  };
}
