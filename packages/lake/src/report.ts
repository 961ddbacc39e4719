/** What plan-run, validate and the job tell each other, as JSON in the lake. */

import type { RunFile } from "./ledger-entries.ts";
import type { Work } from "./work.ts";

export interface ManifestFile extends RunFile {
  /** The key that its bytes lie at: its own, or the one where they were put away. */
  readonly lies_at: string;
  /** Where to read it: the URL of `lies_at`. */
  readonly url: string;
}

export interface Manifest {
  readonly run_id: string;
  readonly pipeline: string;
  /** Where its files are dropped: `raw/ev_sessions/`. */
  readonly prefix: string;
  readonly attempt: number;
  readonly work: Work;
  readonly files: readonly ManifestFile[];
  /** What a rollback undoes: the runs whose rows it takes out again. */
  readonly undone: readonly string[];
  /** What maintenance has to keep for a rollback, by dataset: snapshot ids. */
  readonly keep: Readonly<Record<string, readonly string[]>>;
}

/** `read = accepted + quarantined + duplicates`, `accepted = inserted + updated + unchanged + superseded`. */
export interface DatasetCounts {
  readonly read: number;
  readonly accepted: number;
  readonly quarantined: number;
  readonly duplicates: number;
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
  /** Older than what the table already had. */
  readonly superseded: number;
  /** Rows in the table once the run is published. */
  readonly rows?: number;
  /** The table's snapshot, as text: it exceeds what a double can hold. */
  readonly snapshot_id?: string | null;
  /** The branch that a failed gate left behind; null where the table's format has none. */
  readonly branch?: string | null;
  /** Rows in quarantine, of this run and others, that only wait for the rows they refer to. */
  readonly waiting?: number;
  /** Those of them that have waited longer than the contract allows. */
  readonly overdue?: number;
}

export interface ReportedFile {
  readonly key: string;
  readonly status: "accepted" | "rejected";
  /** The source profile that it matched. */
  readonly profile: string | null;
  readonly rows: number;
  /** Why it was rejected. */
  readonly reason: string | null;
}

/** What `validate` tells plan-run: which of the run's files can't be read, before a job has looked at them. */
export interface Validation {
  readonly run_id: string;
  readonly rejected: readonly ReportedFile[];
}

/** What plan-run tells a job that somebody starts by hand for a run that is over. */
export interface Ended {
  readonly run_id: string;
  /** The last one; a job of a later attempt is none of those that this keeps out. */
  readonly attempt: number;
}

export interface Gate {
  readonly dataset: string;
  readonly rule: string;
  readonly passed: boolean;
  readonly detail: string;
}

export interface Report {
  readonly run_id: string;
  readonly outcome: "published" | "gate_failed";
  readonly datasets: Readonly<Record<string, DatasetCounts>>;
  readonly files: readonly ReportedFile[];
  readonly reasons: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly gates: readonly Gate[];
}
