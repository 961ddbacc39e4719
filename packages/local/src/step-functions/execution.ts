import { StateMachine, type StateMachineDefinition } from "aws-local-stepfunctions";
import { AwsError } from "../aws-error.ts";
import { type FaultPoints, noFaults } from "../fault-points.ts";
import type { Json, JsonObject } from "../json.ts";
import { type EventLog, History } from "./history.ts";
import {
  checkSize,
  TaskError,
  type TaskHandlers,
  type TaskState,
  taskStates,
  withTimeouts,
} from "./tasks.ts";
import type { Place } from "./way-to-notice.ts";

/** The states of an execution, as Step Functions names them. */
export type ExecutionStatus = "RUNNING" | "SUCCEEDED" | "FAILED" | "TIMED_OUT" | "ABORTED";

/** One execution of a state machine; times in milliseconds, input and output as JSON text. */
export interface Execution {
  readonly arn: string;
  readonly machine: string;
  readonly name: string;
  readonly status: ExecutionStatus;
  readonly input: string;
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
  readonly startedAt: number;
  readonly stoppedAt?: number;
}

/** What an execution came to. */
export type Ending = Pick<Execution, "status" | "output" | "error" | "cause">;

/** An execution under way. */
export interface RunningExecution {
  readonly ended: Promise<Ending>;
  /** Ends it, with an error and a cause of the caller's. */
  readonly stop: (error?: string, cause?: string) => void;
}

/** Everything that one run of a definition needs. */
export interface ExecutionPlan {
  readonly execution: Execution;
  readonly definition: JsonObject;
  /** Made of the definition by `interpreterOf`. */
  readonly interpreter: StateMachine;
  readonly handlers: TaskHandlers;
  readonly historyPath: string;
  readonly stateMachineArn: string;
  readonly faults?: FaultPoints;
  /** How many events there are already of one that goes on; none by default. */
  readonly events?: number;
}

/** Definitions that were found valid: to find out takes a quarter of a second. */
const valid = new Set<string>();

/** Makes a definition ready to run, from a place in it when one is given. Throws InvalidDefinition. */
export function interpreterOf(definition: JsonObject, from?: Place): StateMachine {
  const text = JSON.stringify(definition);
  // what comes before the place is not reached, so that it would be found invalid
  const validationOptions = { checkArn: false, noValidate: from !== undefined || valid.has(text) };
  try {
    const whole = withTimeouts(from === undefined ? definition : beginningAt(from, definition));
    const interpreter = new StateMachine(whole as unknown as StateMachineDefinition, { validationOptions });
    if (from === undefined) valid.add(text);
    return interpreter;
  } catch (error) {
    throw new AwsError("InvalidDefinition", error instanceof Error ? error.message : String(error));
  }
}

/** The state that brings an execution to its place; its own input stays what the whole execution was given. */
const taken = "taken up by another daemon";

const beginningAt = ({ state, input }: Place, definition: JsonObject): JsonObject => ({
  ...definition,
  StartAt: taken,
  States: {
    ...(definition.States as JsonObject),
    [taken]: { Type: "Pass", Result: JSON.parse(input), Next: state },
  },
});

/** Interprets a definition; every transition is in the history before the next but one begins. */
export function runExecution(plan: ExecutionPlan): RunningExecution {
  const { execution, faults = noFaults } = plan;
  const tasks = taskStates(plan.definition);
  const history = new History(
    plan.historyPath,
    new Map(tasks.map((task) => [task.name, task.resource])),
    plan.events,
  );
  const stopped = new AbortController();
  let stopping: { error: string | undefined; cause: string | undefined } | undefined;

  const input: Json = JSON.parse(execution.input);
  const run = plan.interpreter.run(input as Parameters<StateMachine["run"]>[0], {
    overrides: { taskResourceLocalHandlers: overrides(tasks, plan.handlers, stopped.signal, faults) },
    context: {
      Execution: { Id: execution.arn, Name: execution.name, RoleArn: "arn:aws:iam::000000000000:role/local" },
      StateMachine: { Id: plan.stateMachineArn, Name: execution.machine },
    },
  });

  const written = (async () => {
    for await (const told of run.eventLogs) {
      const event = told as EventLog;
      if (event.state?.name === taken || (plan.events && event.type === "ExecutionStarted")) continue;
      history.add(event);
      // a task has told of itself, before it began
      const isTask = event.state?.type === "Task";
      if (event.type === "StateEntered" && event.state && !isTask) faults.entered(event.state.name);
      else if (event.type.startsWith("Execution")) faults.entered(event.type);
    }
  })();
  const ended = (async (): Promise<Ending> => {
    const ending = await outcome(run.result);
    await written;
    return stopping ? { status: "ABORTED", ...given(stopping) } : ending;
  })();
  return {
    ended,
    stop: (error, cause) => {
      stopping = { error, cause };
      stopped.abort();
      run.abort();
    },
  };
}

async function outcome(result: Promise<unknown>): Promise<Ending> {
  try {
    return { status: "SUCCEEDED", output: JSON.stringify(await result) };
  } catch (error) {
    if (!(error instanceof Error)) return { status: "FAILED", error: "States.Runtime", cause: String(error) };
    if (error.name === "ExecutionTimeoutError") return { status: "TIMED_OUT" };
    if (error.name === "ExecutionAbortedError") return { status: "ABORTED" };
    const inner = error.cause instanceof Error ? error.cause : error;
    return { status: "FAILED", error: inner.name, cause: inner.message };
  }
}

/** A handler for each Task state, by its name: the interpreter knows no other way to say what a resource does. */
function overrides(
  tasks: readonly TaskState[],
  handlers: TaskHandlers,
  stopped: AbortSignal,
  faults: FaultPoints,
) {
  return Object.fromEntries(
    tasks.map(({ name, resource, timeoutSeconds }) => {
      const handler = handlers[resource];
      const call = async (input: unknown) => {
        faults.entered(name);
        if (!handler) {
          const known = Object.keys(handlers).join(", ");
          throw new TaskError(
            "States.Runtime",
            `The laptop has no ${resource}, which ${name} asks for; it has ${known}`,
          );
        }
        const overdue = timeoutSeconds === undefined ? [] : [AbortSignal.timeout(timeoutSeconds * 1000)];
        const signal = AbortSignal.any([stopped, ...overdue]);
        return checkSize(name, await handler({ input: input as JsonObject, signal }));
      };
      return [name, call as (input: unknown) => Promise<never>];
    }),
  );
}

const given = (reason: {
  error: string | undefined;
  cause: string | undefined;
}): Pick<Ending, "error" | "cause"> => ({
  ...(reason.error === undefined ? {} : { error: reason.error }),
  ...(reason.cause === undefined ? {} : { cause: reason.cause }),
});
