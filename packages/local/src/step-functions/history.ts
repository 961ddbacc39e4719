import { appendFileSync, readFileSync } from "node:fs";
import type { Json, JsonObject } from "../json.ts";
import { parseObject } from "../json.ts";
import { writeWhole } from "../records.ts";

/** One event of an execution's history, as GetExecutionHistory gives it; the time in milliseconds. */
export type HistoryEvent = JsonObject & {
  readonly id: number;
  readonly type: string;
  readonly timestamp: number;
};

/** What the interpreter tells of an execution as it goes on. */
export interface EventLog {
  readonly type: string;
  readonly timestamp: number;
  readonly input?: unknown;
  readonly output?: unknown;
  readonly Error?: string;
  readonly Cause?: unknown;
  readonly index?: number;
  readonly state?: {
    readonly name: string;
    readonly type: string;
    readonly input: unknown;
    readonly output?: unknown;
  };
  readonly parentState?: { readonly name: string };
}

/** The history of one execution, on disk event by event, so that it outlives whatever is killed. */
export class History {
  private readonly path: string;
  private readonly resources: ReadonlyMap<string, string>;
  private count: number;

  /** `resources` names the resource of each Task state, `count` is how many events there are already. */
  constructor(path: string, resources: ReadonlyMap<string, string>, count = 0) {
    this.path = path;
    this.resources = resources;
    this.count = count;
  }

  /** Adds what the interpreter told; some of what it tells has no place in AWS's history. */
  add(log: EventLog): void {
    const described = describe(log, this.resources);
    if (described) this.append(described[0], log.timestamp, described[1]);
  }

  append(type: string, timestamp: number, details: JsonObject): void {
    this.count += 1;
    const event = { timestamp, type, id: this.count, previousEventId: this.count - 1, ...details };
    appendFileSync(this.path, `${JSON.stringify(event)}\n`);
  }
}

/** Writes a history anew, without a last line that was cut off, so that it can be added to. */
export function mendHistory(path: string): number {
  const events = readHistory(path);
  writeWhole(path, events.map((event) => `${JSON.stringify(event)}\n`).join(""));
  return events.length;
}

/** Reads a history back; a last line that was cut off is left out. */
export function readHistory(path: string): readonly HistoryEvent[] {
  let content: string;
  try {
    content = readFileSync(path, "utf8");
  } catch {
    return [];
  }
  return content
    .split("\n")
    .slice(0, -1)
    .map((line) => parseObject(line) as HistoryEvent);
}

function describe(log: EventLog, resources: ReadonlyMap<string, string>): [string, JsonObject] | undefined {
  const { state } = log;
  const failure = { error: log.Error, cause: asText(log.Cause) };
  switch (log.type) {
    case "ExecutionStarted":
      return [log.type, { executionStartedEventDetails: { input: JSON.stringify(log.input) } }];
    case "ExecutionSucceeded":
      return [log.type, { executionSucceededEventDetails: { output: JSON.stringify(log.output) } }];
    case "ExecutionFailed":
      return [log.type, { executionFailedEventDetails: failure }];
    case "ExecutionAborted":
      return [log.type, { executionAbortedEventDetails: {} }];
    case "ExecutionTimeout":
      return ["ExecutionTimedOut", { executionTimedOutEventDetails: {} }];
    case "MapIterationStarted":
    case "MapIterationSucceeded":
    case "MapIterationFailed": {
      const name = log.parentState?.name;
      return [log.type, { [`${lowerFirst(log.type)}EventDetails`]: { name, index: log.index } }];
    }
    case "StateEntered":
      return (
        state && [
          `${state.type}StateEntered`,
          { stateEnteredEventDetails: { name: state.name, input: JSON.stringify(state.input) } },
        ]
      );
    case "StateExited":
      return (
        state && [
          `${state.type}StateExited`,
          { stateExitedEventDetails: { name: state.name, output: JSON.stringify(state.output) } },
        ]
      );
    case "StateFailed":
      if (state?.type !== "Task") return undefined;
      return ["TaskFailed", { taskFailedEventDetails: { ...taskOf(state.name, resources), ...failure } }];
    case "StateRetried":
      if (state?.type !== "Task") return undefined;
      return ["TaskScheduled", { taskScheduledEventDetails: taskOf(state.name, resources) }];
    default:
      return undefined;
  }
}

/** `arn:aws:states:::glue:startJobRun.sync` is resource `startJobRun.sync` of type `glue`. */
function taskOf(state: string, resources: ReadonlyMap<string, string>): JsonObject {
  const [resourceType, resource] = (resources.get(state) ?? "").replace("arn:aws:states:::", "").split(":");
  return { resourceType, resource };
}

const asText = (cause: unknown): Json | undefined =>
  cause === undefined || typeof cause === "string"
    ? cause
    : cause instanceof Error
      ? cause.message
      : JSON.stringify(cause);

const lowerFirst = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);
