/** What one run does: load files, or what a person asks of the rows that are there. */

export type Work =
  /** Takes its files into the tables. */
  | { readonly kind: "load" }
  | Redrive
  | Rollback
  /** Compacts tables and removes what nobody needs any more. */
  | { readonly kind: "maintain" }
  /** Brings the tables to what the contracts say, as every run does first, and no more. */
  | { readonly kind: "migrate" };

/** Puts quarantined rows through again; each filter that is null takes all. */
export interface Redrive {
  readonly kind: "redrive";
  readonly dataset: string;
  /** Only rows that this run set aside. */
  readonly run: string | null;
  /** Only rows with a reason that contains this. */
  readonly reason: string | null;
  /** Only rows of files whose key contains this. */
  readonly file: string | null;
}

/** Takes a table back to what an earlier run published. */
export interface Rollback {
  readonly kind: "rollback";
  readonly dataset: string;
  /** The run whose table it shall be again; null: as it was before any. */
  readonly to: string | null;
  /** That table's snapshot; null when it was empty. */
  readonly snapshot_id: string | null;
}
