import { AwsError } from "./aws-error.ts";

/** One page of a listing, as AWS cuts it: the token of the next page is where it begins. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next?: string;
}

/** Cuts `items` at `token` and `size`. Throws InvalidToken for a token that no page gave. */
export function page<T>(items: readonly T[], token: string | undefined, size: number): Page<T> {
  const start = token === undefined ? 0 : Number(token);
  if (!Number.isInteger(start) || start < 0 || start > items.length) {
    throw new AwsError("InvalidToken", `The token '${token}' is not one that a page of this listing gave.`);
  }
  const end = start + size;
  return { items: items.slice(start, end), ...(end < items.length ? { next: String(end) } : {}) };
}
