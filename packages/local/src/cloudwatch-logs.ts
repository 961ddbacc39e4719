import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { AwsError } from "./aws-error.ts";
import { isObject } from "./json.ts";
import type { LogLine } from "./log.ts";

/** Where the lines of functions and of job runs lie, each function or run a file. */
export interface CloudWatchLogsOptions {
  readonly lambda: string;
  readonly glue: string;
}

/** One line as CloudWatch Logs gives it; times in milliseconds. */
export interface LogEvent {
  readonly stream: string;
  readonly timestamp: number;
  readonly message: string;
  /** The same for the same line, whoever asks. */
  readonly id: string;
}

/** What is asked of a group; both ends of the time belong to it. */
export interface LogFilter {
  readonly streams?: readonly string[] | undefined;
  readonly streamPrefix?: string | undefined;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

interface Group {
  /** Its files, by stream. */
  readonly streams: ReadonlyMap<string, string>;
  /** The line as the group has it; nothing when it belongs to another group. */
  readonly message: (line: LogLine) => string | undefined;
}

/**
 * AWS CloudWatch Logs, read only, under AWS's names: a group `/aws/lambda/<function>` for each function, and
 * `/aws-glue/jobs/output` and `/error` for what job runs print, a stream each.
 */
export class CloudWatchLogs {
  private readonly options: CloudWatchLogsOptions;

  constructor(options: CloudWatchLogsOptions) {
    this.options = options;
  }

  /** The names of the groups, in alphabetical order. */
  groups(): readonly string[] {
    return [...this.all().keys()].sort();
  }

  /** The lines of a group that match, the oldest first. Throws ResourceNotFoundException. */
  events(name: string, filter: LogFilter): readonly LogEvent[] {
    const { streams, streamPrefix = "", from = 0, to = Number.POSITIVE_INFINITY } = filter;
    const group = this.all().get(name);
    if (group === undefined) {
      throw notFound(
        `The specified log group does not exist: ${name}; there is: ${this.groups().join(", ")}`,
      );
    }
    const asked = streams ?? [...group.streams.keys()].filter((stream) => stream.startsWith(streamPrefix));
    const found = asked.flatMap((stream) => {
      const path = group.streams.get(stream);
      if (path === undefined) throw notFound(`The specified log stream does not exist: ${stream}`);
      return readLines(path).flatMap((line, index): LogEvent[] => {
        const timestamp = Date.parse(line.time);
        const message = group.message(line);
        if (message === undefined || timestamp < from || timestamp > to) return [];
        return [{ stream, timestamp, message, id: `${stream}/${index}` }];
      });
    });
    return found.sort((a, b) => a.timestamp - b.timestamp);
  }

  private all(): ReadonlyMap<string, Group> {
    const { lambda, glue } = this.options;
    const functions = files(lambda).map((path): [string, Group] => [
      `/aws/lambda/${nameOf(path)}`,
      { streams: new Map([["local", path]]), message: lambdaMessage },
    ]);
    const streams = new Map(files(glue).map((path) => [nameOf(path), path]));
    return new Map([
      ...functions,
      ["/aws-glue/jobs/output", { streams, message: ofStream("stdout") }],
      ["/aws-glue/jobs/error", { streams, message: ofStream("stderr") }],
    ]);
  }
}

/** As Lambda's Node runtime writes it: time, request, level and what was printed, between tabs. */
function lambdaMessage({ time, request_id, stream, message }: LogLine): string {
  if (request_id === undefined) return message;
  return [time, request_id, stream === "stderr" ? "ERROR" : "INFO", message].join("\t");
}

const ofStream =
  (stream: LogLine["stream"]) =>
  (line: LogLine): string | undefined =>
    line.stream === stream ? line.message : undefined;

const nameOf = (path: string): string => basename(path, ".ndjson");

function files(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith(".ndjson"))
      .map((name) => join(folder, name));
  } catch {
    // nothing has been invoked yet
    return [];
  }
}

/** The lines of a file; one that was cut off by a kill, or is being written, is left out. */
function readLines(path: string): readonly LogLine[] {
  return readFileSync(path, "utf8")
    .split("\n")
    .flatMap((text) => {
      try {
        const line: unknown = JSON.parse(text);
        return isLogLine(line) ? [line] : [];
      } catch {
        return [];
      }
    });
}

function isLogLine(line: unknown): line is LogLine {
  return isObject(line) && typeof line.time === "string" && typeof line.message === "string";
}

const notFound = (message: string): AwsError => new AwsError("ResourceNotFoundException", message);
