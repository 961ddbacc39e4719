import { isObject, type JsonObject } from "../json.ts";

/** What a Task state asks for. */
export interface TaskRequest {
  /** The state's input after InputPath and Parameters. */
  readonly input: JsonObject;
  /** Aborted when the execution is stopped or the state's time is up. */
  readonly signal: AbortSignal;
}

/** Does what one kind of Task resource stands for, and gives the result as AWS shapes it. */
export type TaskHandler = (request: TaskRequest) => Promise<JsonObject>;

/** Handlers by Task resource, such as `arn:aws:states:::glue:startJobRun.sync`. */
export type TaskHandlers = Readonly<Record<string, TaskHandler>>;

/** A task's failure, under the name that Retry and Catch see; the message becomes the cause. */
export class TaskError extends Error {
  constructor(name: string, cause: string) {
    super(cause);
    this.name = name;
  }
}

/** Step Functions passes at most 256 KiB from state to state. */
const payloadLimit = 256 * 1024;

/** Throws States.DataLimitExceeded for a result that AWS would not pass on. */
export function checkSize(state: string, result: JsonObject): JsonObject {
  const bytes = Buffer.byteLength(JSON.stringify(result));
  if (bytes <= payloadLimit) return result;
  throw new TaskError(
    "States.DataLimitExceeded",
    `The state/task '${state}' returned a result with a size exceeding the maximum number of bytes service limit.`,
  );
}

/** A Task state found in a state machine, at whatever depth. */
export interface TaskState {
  readonly name: string;
  readonly resource: string;
  readonly timeoutSeconds: number | undefined;
}

/** All Task states of a definition, those inside Map and Parallel states included. */
export function taskStates(definition: JsonObject): readonly TaskState[] {
  return Object.entries(isObject(definition.States) ? definition.States : {}).flatMap(([name, state]) => {
    if (!isObject(state)) return [];
    if (state.Type === "Task") {
      const { TimeoutSeconds: seconds, Resource: resource } = state;
      return [
        {
          name,
          resource: String(resource),
          timeoutSeconds: typeof seconds === "number" ? seconds : undefined,
        },
      ];
    }
    return nested(state).flatMap(taskStates);
  });
}

/** Longest time that a timer of Node's can hold; AWS's own default is far beyond it. */
const longestSeconds = Math.floor((2 ** 31 - 1) / 1000);

/**
 * The definition with a TimeoutSeconds on each Task: without one a task may take its time on AWS, where the
 * interpreter would give it 60 seconds.
 */
export function withTimeouts(definition: JsonObject): JsonObject {
  const states = Object.entries(isObject(definition.States) ? definition.States : {}).map(([name, state]) => {
    if (!isObject(state)) return [name, state];
    if (state.Type === "Task") {
      const given = typeof state.TimeoutSeconds === "number" ? state.TimeoutSeconds : longestSeconds;
      return [name, { ...state, TimeoutSeconds: Math.min(given, longestSeconds) }];
    }
    const inner = Object.fromEntries(
      (["Iterator", "ItemProcessor"] as const).flatMap((key) => {
        const machine = state[key];
        return isObject(machine) ? [[key, withTimeouts(machine)]] : [];
      }),
    );
    const branches = Array.isArray(state.Branches) ? { Branches: state.Branches.map(withTimeouts) } : {};
    return [name, { ...state, ...inner, ...branches }];
  });
  return { ...definition, States: Object.fromEntries(states) };
}

function nested(state: JsonObject): readonly JsonObject[] {
  const branches = Array.isArray(state.Branches) ? state.Branches : [];
  return [state.Iterator, state.ItemProcessor, ...branches].filter(isObject);
}
