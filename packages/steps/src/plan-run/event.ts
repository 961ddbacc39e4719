/** What a state machine was started with: an object's event, somebody's files, or nothing in particular. */

import type { Redrive, Work } from "@penstock/lake/work.ts";

/** What an execution is asked to look at. */
export type Ask =
  /** These keys; `again` takes them even if they are done. */
  | { readonly kind: "keys"; readonly keys: readonly string[]; readonly again: boolean }
  /** An object was created. */
  | { readonly kind: "created"; readonly key: string; readonly etag: string | null }
  /** Everything that was held, rejected or rolled back, once more. */
  | { readonly kind: "again" }
  /** Work that is no file. */
  | { readonly kind: "work"; readonly asked: AskedWork }
  /** Everything below the prefix. */
  | { readonly kind: "sweep" };

/** Work as a person asks for it: a rollback's snapshot is the ledger's to know. */
export type AskedWork =
  | Redrive
  | { readonly kind: "rollback"; readonly dataset: string; readonly to: string | null }
  | Extract<Work, { kind: "maintain" | "migrate" }>;

/** An execution was started with what no one sends. */
export class BadEvent extends Error {
  override readonly name = "BadEvent";
}

/**
 * Reads an execution's input: an EventBridge `Object Created` event, `{inputs, again?}`, `{work}`, or anything
 * else, which asks for a sweep. A key in an EventBridge event is as it is, not URL-encoded.
 */
export function readEvent(event: unknown): Ask {
  if (!isRecord(event)) return { kind: "sweep" };
  const detail = event.detail;
  const object = isRecord(detail) ? detail.object : undefined;
  if (isRecord(object)) {
    const key = object.key;
    if (typeof key !== "string") throw new BadEvent("an object's event without detail.object.key");
    return { kind: "created", key, etag: typeof object.etag === "string" ? object.etag : null };
  }
  if (event.work !== undefined) return { kind: "work", asked: readWork(event.work) };
  const again = event.again === true;
  const inputs = event.inputs;
  if (inputs === undefined) return { kind: again ? "again" : "sweep" };
  if (!Array.isArray(inputs) || !inputs.every((key) => typeof key === "string")) {
    throw new BadEvent("inputs: expected a list of keys");
  }
  return inputs.length === 0 && again ? { kind: "again" } : { kind: "keys", keys: inputs, again };
}

function readWork(work: unknown): AskedWork {
  if (!isRecord(work)) throw new BadEvent("work: expected an object");
  const text = (name: string): string | null => {
    const value = work[name] ?? null;
    if (value !== null && typeof value !== "string") throw new BadEvent(`work.${name}: expected a text`);
    return value;
  };
  switch (work.kind) {
    case "redrive":
      return {
        kind: "redrive",
        dataset: text("dataset") ?? "",
        run: text("run"),
        reason: text("reason"),
        file: text("file"),
      };
    case "rollback":
      return { kind: "rollback", dataset: text("dataset") ?? "", to: text("to") };
    case "maintain":
    case "migrate":
      return { kind: work.kind };
    default:
      throw new BadEvent(
        `work.kind: found ${JSON.stringify(work.kind)}, expected redrive, rollback, maintain or migrate`,
      );
  }
}

/** Whether a key is a file of the pipeline: below its prefix, and neither a folder's marker nor something hidden. */
export function isInput(key: string, prefix: string): boolean {
  if (!key.startsWith(prefix) || key.endsWith("/")) return false;
  return !key
    .slice(prefix.length)
    .split("/")
    .some((part) => part.startsWith(".") || part.startsWith("_"));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
