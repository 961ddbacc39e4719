/** What the ledger holds. Times are ISO-8601 in UTC; field names are those of the items. */

import type { DatasetCounts, ReportedFile } from "./report.ts";
import type { Work } from "./work.ts";

/** An entry as it was read: what it says, and which revision of it. */
export type Entry<T> = T & { readonly revision: number };

/** Who works on the pipeline. The item stays when the lease is given back, and remembers the last run. */
export interface Lease {
  /** The run last begun; null before the first. */
  readonly run_id: string | null;
  /** The execution that holds the lease; null when nobody does. */
  readonly execution: string | null;
  readonly expires_at: string | null;
}

/**
 * - `pending`: waits for a run
 * - `claimed`: belongs to the run `run_id`
 * - `done`: published by it
 * - `rejected`: no run can read it; `reason` says why
 * - `held`: its run failed for good; only `run --again` takes it
 * - `rolled_back`: what it brought was undone; only `run --again` takes it
 */
export type InputStatus = "pending" | "claimed" | "done" | "rejected" | "held" | "rolled_back";

/** One content of one key. */
export interface Input {
  readonly key: string;
  readonly hash: string;
  readonly status: InputStatus;
  /** The run that has it, or had it last. */
  readonly run_id: string | null;
  /** Bytes. */
  readonly size: number;
  readonly modified: string;
  readonly version: string | null;
  readonly reason: string | null;
  /** The publication by which it is done: the content of a key that is in the tables has the greatest. */
  readonly seq: number | null;
  /** The execution that asked for it again, so that it is taken once by it. */
  readonly again: string | null;
  /** The key below archive/ or rejected/ that its bytes were put away at; null or absent while they never were. */
  readonly put_away?: string | null;
}

/** What a person or a schedule asked for, which is no file: it waits for a run of its own. */
export interface Request {
  /** The execution that asked; it asks once. */
  readonly execution: string;
  readonly work: Exclude<Work, { kind: "load" }>;
  readonly asked_at: string;
  /** `failed`: its run was given up. */
  readonly status: "pending" | "claimed" | "done" | "failed";
  readonly run_id: string | null;
}

/** A file that a run has claimed. */
export interface RunFile {
  readonly key: string;
  readonly hash: string;
  readonly version: string | null;
  readonly size: number;
  readonly modified: string;
}

/** One run, from its claim to its end. */
export interface Run {
  readonly run_id: string;
  /** `ROLLED_BACK`: it ended, and what it published was undone later. */
  readonly status: "RUNNING" | "SUCCEEDED" | "FAILED" | "ROLLED_BACK";
  readonly work: Work;
  /** The execution that asked for the work; null when its files did. */
  readonly request: string | null;
  /** 1 at first; one more each time that the run is taken up again. */
  readonly attempt: number;
  /** How many of its attempts ended in a failure of their own, rather than with whoever made them. */
  readonly failures: number;
  readonly execution: string;
  readonly files: readonly RunFile[];
  readonly started_at: string;
  readonly finished_at: string | null;
  /** Whether a failed run goes on when the next execution claims. */
  readonly resumable: boolean;
  /** The error's name and what it said; null unless FAILED. */
  readonly error: string | null;
  readonly cause: string | null;
  /** The number of its publication; null until there is one. */
  readonly publish: number | null;
  readonly datasets: Readonly<Record<string, DatasetCounts>>;
  /** Rows in each table after its publication. */
  readonly rows: Readonly<Record<string, number>>;
  /** Why rows were set aside, by dataset and reason. */
  readonly reasons: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** What became of each of its files. */
  readonly outcomes: readonly ReportedFile[];
}

/** What is in the tables now: one publication after the other adds to it. */
export interface Totals {
  /** The number of the newest publication. */
  readonly publish: number;
  /** The run that made it. */
  readonly run_id: string;
  /** Rows in each table. */
  readonly rows: Readonly<Record<string, number>>;
}
