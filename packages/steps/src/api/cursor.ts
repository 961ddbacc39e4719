/**
 * Where a page of records ended, for the next one to begin behind it. A cursor says the whole request it belongs to,
 * so that one of another key, route, order or range is told from one of this. It is not signed: all that a forged one
 * can do is to name another instant of the same range, which `start` can do as well.
 */

import { instantText, storedInstant } from "./instants.ts";

/** What a cursor belongs to. */
export interface CursorScope {
  readonly route: string;
  readonly key: string;
  readonly order: "asc" | "desc";
  /** Milliseconds since 1970, both included. */
  readonly from: number;
  readonly to: number;
}

/** @param last the time of the page's last row, as rows have it */
export function cursorOf(scope: CursorScope, last: string): string {
  return Buffer.from(JSON.stringify([...parts(scope), last])).toString("base64url");
}

/** @returns the time of the last row before it, in milliseconds since 1970; null when it is no cursor of this request */
export function readCursor(scope: CursorScope, cursor: string): number | null {
  const last = lastOf(cursor);
  const time = typeof last === "string" ? storedInstant(last) : null;
  if (time === null || time < scope.from || time > scope.to) return null;
  return cursorOf(scope, instantText(time)) === cursor ? time : null;
}

function lastOf(cursor: string): unknown {
  try {
    const read: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    return Array.isArray(read) ? read.at(-1) : undefined;
  } catch {
    return undefined;
  }
}

const parts = ({ route, key, order, from, to }: CursorScope): readonly string[] => [
  route,
  key,
  order,
  instantText(from),
  instantText(to),
];
