/** What is told when a run ends: short enough for a phone, and readable by a machine from its attributes. */

import type { Run } from "@penstock/lake/ledger-entries.ts";

/** A message for SNS. */
export interface Notice {
  /** At most 100 printable ASCII characters, as SNS wants it. */
  readonly subject: string;
  readonly message: string;
  /** Every one of them is always there. */
  readonly attributes: {
    readonly pipeline: string;
    readonly environment: string;
    /** `none` for a failure outside of a run. */
    readonly run_id: string;
    readonly status: "SUCCEEDED" | "FAILED";
    /** Rows, of all datasets together. */
    readonly accepted: string;
    readonly quarantined: string;
    readonly rejected_files: string;
  };
}

/** What notices need to know of the pipeline. */
export interface NoticeFacts {
  readonly pipeline: string;
  readonly environment: string;
}

/** A subject that SNS takes: what doesn't fit is cut, what it can't carry is replaced. */
export function subjectLine({ pipeline, environment }: NoticeFacts, what: string): string {
  const where = environment === "local" ? "" : `[${environment}] `;
  const ascii = `${where}${pipeline}: ${what}`.replace(/[^\x20-\x7e]+/g, " ");
  return ascii.length <= 100 ? ascii : `${ascii.slice(0, 97)}...`;
}

/** What ended and how, in lines that a phone need not break: the pipeline first, then the run. */
export function headLines(run: Run | null, how: "succeeded" | "failed", facts: NoticeFacts): string[] {
  const { pipeline, environment } = facts;
  if (run === null) return [`${pipeline} (${environment}) ${how} outside of a run.`];
  const attempt = run.attempt === 1 ? [] : [`attempt ${run.attempt}`];
  return [
    `${pipeline} (${environment}) ${how}.`,
    [`Run ${run.run_id}`, workLine(run), ...attempt].join(", "),
  ];
}

/** What the run was about, in a few words. */
export function workLine({ work, files }: Run): string {
  switch (work.kind) {
    case "load":
      return counted(files.length, "file");
    case "redrive":
      return `${work.dataset} redriven`;
    case "rollback":
      return `${work.dataset} back to ${work.to ?? "empty"}`;
    case "maintain":
      return "maintenance";
    case "migrate":
      return "tables brought to their contracts";
    default:
      return work satisfies never;
  }
}

/** The command that does something, as one types it in this environment. */
export function command({ environment }: Pick<NoticeFacts, "environment">, words: string): string {
  return environment === "local" ? `pnpm penstock ${words}` : `pnpm penstock ${words} --env ${environment}`;
}

/** `32,562` */
export const grouped = (count: number): string => count.toLocaleString("en-GB");

/** `1 file`, `3 files` */
export const counted = (count: number, what: string): string =>
  `${grouped(count)} ${what}${count === 1 ? "" : "s"}`;

/** A list cut to its first five, the rest counted. */
export function shortList(lines: readonly string[]): string[] {
  const most = 5;
  return lines.length <= most ? [...lines] : [...lines.slice(0, most), `… and ${lines.length - most} more`];
}
