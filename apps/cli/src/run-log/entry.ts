/** One thing that happened in a run. */
export interface LogEntry {
  /** ISO-8601, UTC, to the millisecond. */
  readonly at: string;
  /** Who tells it: the state machine, a Lambda function, the Glue job. */
  readonly source: "state" | "function" | "job";
  /** The state, the function or the job. */
  readonly name: string;
  readonly level: "INFO" | "WARN" | "ERROR";
  readonly message: string;
  /** The execution's ARN, the request's or the job run's id. */
  readonly id: string;
  /** What else a structured line says: counts, seconds. */
  readonly fields?: Readonly<Record<string, unknown>>;
  /** Where the lines are that are not shown, since they may quote rows. */
  readonly full_text?: FullText;
}

export interface FullText {
  readonly log_group: string;
  readonly log_stream: string;
  readonly lines: number;
}

/** Seconds between two moments, to the millisecond. */
export const secondsBetween = (from: Date, to: Date): number => (to.getTime() - from.getTime()) / 1000;
