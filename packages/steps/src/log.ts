/** Structured logs: one JSON object a line. Never give it a value that may be personal. */

/** A line to log. */
export interface LogRecord {
  readonly level: "INFO" | "WARN" | "ERROR";
  readonly message: string;
  readonly pipeline: string;
  readonly run_id?: string | null | undefined;
  readonly [field: string]: unknown;
}

/** The record as a line, its time first. */
export function logLine(record: LogRecord, now: Date): string {
  return JSON.stringify({ timestamp: now.toISOString(), ...record });
}
