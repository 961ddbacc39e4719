/** Where the bytes of an input lie: under its key as they were dropped, or where a run has put them away. */

import type { Input } from "@penstock/lake/ledger-entries.ts";
import type { Head, Objects } from "@penstock/lake/objects.ts";

/**
 * The key that the content of an input lies at now; null when it is gone, or another took its place.
 *
 * What was put away goes first: a copy that was dropped again may be cleared away at any time.
 */
export async function whereabouts(input: Input, objects: Objects): Promise<string | null> {
  const away = await putAwayAt(input, objects);
  if (away !== null) return away;
  const head = await headOf(input.key, [input], objects);
  return head?.hash === input.hash ? input.key : null;
}

/**
 * The key that an input was put away at, as long as it is there. Its hash is not compared: in S3 a copy's may be
 * another, and nothing else is ever written to such a key.
 */
export async function putAwayAt(
  input: Pick<Input, "put_away" | "size" | "modified" | "hash">,
  objects: Objects,
): Promise<string | null> {
  if (input.put_away == null) return null;
  const head = await objects.head(input.put_away, seenOf(input));
  return head?.size === input.size ? input.put_away : null;
}

/** The object under a key as it is now, its content read again only when it may be another. */
export async function headOf(key: string, known: readonly Input[], objects: Objects): Promise<Head | null> {
  const newest = known.toSorted((a, b) => (a.modified < b.modified ? 1 : -1))[0];
  return await objects.head(key, newest === undefined ? undefined : seenOf(newest));
}

const seenOf = (input: Pick<Input, "size" | "modified" | "hash">) => ({
  size: input.size,
  modified: new Date(input.modified),
  hash: input.hash,
});
