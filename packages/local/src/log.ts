import { appendFileSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import type { Readable } from "node:stream";
import { isOfFullDisk } from "./disk-full.ts";

/** One line of a log, as CloudWatch Logs keeps it. */
export interface LogLine {
  /** ISO-8601, UTC. */
  readonly time: string;
  readonly message: string;
  readonly request_id?: string;
  readonly stream?: "stdout" | "stderr";
}

/**
 * Appends lines to a file of NDJSON, one object a line. One for which the disk has no room is lost: whoever works has to
 * come to an end that says so.
 */
export class LogFile {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
    mkdirSync(dirname(path), { recursive: true });
  }

  write(line: LogLine): void {
    try {
      appendFileSync(this.path, `${JSON.stringify(line)}\n`);
    } catch (error) {
      if (!isOfFullDisk(error)) throw error;
    }
  }
}

/** Calls `take` for each line that a child process prints, at once; resolves when it has no more to say. */
export function eachLine(stream: Readable, take: (line: string) => void): Promise<void> {
  let rest = "";
  stream.setEncoding("utf8");
  stream.on("data", (chunk: string) => {
    const lines = (rest + chunk).split(/\r?\n/);
    rest = lines.pop() ?? "";
    for (const line of lines) take(line);
  });
  return new Promise((resolve) => {
    stream.once("close", () => {
      if (rest !== "") take(rest);
      resolve();
    });
  });
}
