/** What a state reads or writes, as data: each function's and job's IAM role is computed from it. */

/** One thing that a state touches. Names are the contract's: a dataset, a lookup's key, never a physical table. */
export type Access =
  /** Objects in the lake below a prefix, such as `raw/ev_sessions/`. */
  | { readonly kind: "objects"; readonly prefix: string }
  /** A dataset's curated table: data, metadata and its entry in the catalogue. */
  | { readonly kind: "table"; readonly dataset: string }
  /** A dataset's cleaned Parquet, one directory per run. */
  | { readonly kind: "cleaned"; readonly dataset: string }
  /** A dataset's quarantined rows. */
  | { readonly kind: "quarantine"; readonly dataset: string }
  /** The pipeline's own records of its runs in the lake: manifests, reports, lineage. */
  | { readonly kind: "runs" }
  /** The run ledger. */
  | { readonly kind: "ledger" }
  /** The pipeline's lookup table over one key. */
  | { readonly kind: "lookup"; readonly key: string }
  /** What serves the rows of a dataset by key and time: its table of rows, with its index, and that of figures. */
  | { readonly kind: "series"; readonly dataset: string }
  /** The pipeline's SNS topic. */
  | { readonly kind: "topic" }
  /** A secret, by the role it plays. */
  | { readonly kind: "secret"; readonly secret: "pseudonym-key" }
  /** Athena queries in the environment's workgroup, and their results. */
  | { readonly kind: "queries" }
  /** The pipeline's Glue job runs: read = look at them, write = stop them. */
  | { readonly kind: "jobRuns" }
  /** Executions of the pipeline's state machine: read = describe one. */
  | { readonly kind: "executions" };

export const objects = (prefix: string): Access => ({ kind: "objects", prefix });
export const table = (dataset: string): Access => ({ kind: "table", dataset });
export const cleaned = (dataset: string): Access => ({ kind: "cleaned", dataset });
export const quarantine = (dataset: string): Access => ({ kind: "quarantine", dataset });
export const runs: Access = { kind: "runs" };
export const ledger: Access = { kind: "ledger" };
export const lookup = (key: string): Access => ({ kind: "lookup", key });
export const series = (dataset: string): Access => ({ kind: "series", dataset });
export const topic: Access = { kind: "topic" };
export const pseudonymKey: Access = { kind: "secret", secret: "pseudonym-key" };
export const queries: Access = { kind: "queries" };
export const jobRuns: Access = { kind: "jobRuns" };
export const executions: Access = { kind: "executions" };

/** What a task declares; an empty list says that there is nothing. */
export interface Accesses {
  readonly reads: readonly Access[];
  readonly writes: readonly Access[];
}

/** One text per access, the same for equal ones: `table charging_sessions`. */
export function accessName(access: Access): string {
  switch (access.kind) {
    case "objects":
      return `objects ${access.prefix}`;
    case "table":
    case "cleaned":
    case "quarantine":
    case "series":
      return `${access.kind} ${access.dataset}`;
    case "lookup":
      return `lookup ${access.key}`;
    case "secret":
      return `secret ${access.secret}`;
    case "runs":
    case "ledger":
    case "topic":
    case "queries":
    case "jobRuns":
    case "executions":
      return access.kind;
  }
}

/** The union of several declarations, each access once, in the order of their names. */
export function union(declared: readonly Accesses[]): Accesses {
  return {
    reads: once(declared.flatMap((each) => each.reads)),
    writes: once(declared.flatMap((each) => each.writes)),
  };
}

function once(accesses: readonly Access[]): Access[] {
  const byName = new Map(accesses.map((access) => [accessName(access), access]));
  return [...byName.keys()].sort().flatMap((name) => byName.get(name) ?? []);
}
