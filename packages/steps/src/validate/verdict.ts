/** What becomes of a file before any job has looked at it. */

import { ObjectMissing } from "@penstock/lake/object-missing.ts";
import type { Objects } from "@penstock/lake/objects.ts";
import type { ManifestFile } from "@penstock/lake/report.ts";
import type { Profile } from "@penstock/workflows/pipeline.ts";
import { checkFirstRows } from "./first-rows.ts";
import { headerOf } from "./header-line.ts";
import { misplaced, profileOf } from "./profile-match.ts";
import { startOf } from "./start.ts";
import { Unfit } from "./unfit.ts";

export interface Verdict {
  readonly status: "accepted" | "rejected";
  /** Null when it is known of none, or holds nothing, or does not say within its first bytes. */
  readonly profile: string | null;
  /** Why it is rejected; never a value of a row. */
  readonly reason: string | null;
}

/**
 * Looks at one file.
 *
 * @param prefix the trigger's, below which a file's folder may tell of what profile it has to be
 */
export async function verdict(
  file: ManifestFile,
  { prefix, profiles }: { readonly prefix: string; readonly profiles: readonly Profile[] },
  objects: Objects,
): Promise<Verdict> {
  let profile: Profile | null = null;
  const rejected = (reason: string): Verdict => ({
    status: "rejected",
    profile: profile?.name ?? null,
    reason,
  });
  try {
    const { key, lies_at: at } = file;
    // what was put away has a version of its own
    const version = at === key ? file.version : null;
    if (at === key && version === null) await checkContent(file, objects);
    const found = headerOf(await startOf({ key, at, version }, objects));
    if (found === null) return { status: "accepted", profile: null, reason: null };
    profile = profileOf(found.header, profiles);
    const elsewhere = misplaced(file.key.slice(prefix.length), profile, profiles);
    if (elsewhere !== null) return rejected(elsewhere);
    checkFirstRows(found.lines, { fields: found.header.length, multiline: profile.multiline });
    return { status: "accepted", profile: profile.name, reason: null };
  } catch (error) {
    if (error instanceof Unfit) return rejected(error.message);
    if (error instanceof ObjectMissing) return rejected("it is gone: deleted after the run was planned");
    throw error;
  }
}

/** @throws Unfit when the key has another content by now; a version never has, nor what was put away */
async function checkContent(file: ManifestFile, objects: Objects): Promise<void> {
  const { size, hash } = file;
  const head = await objects.head(file.key, { size, hash, modified: new Date(file.modified) });
  if (head === null) throw new ObjectMissing(file.url);
  if (head.hash === hash) return;
  throw new Unfit(
    "its content changed after the run was planned: " +
      `found ${head.size} bytes, expected ${size} with ${hash.slice(0, 19)}…; the next run takes the new one`,
  );
}
