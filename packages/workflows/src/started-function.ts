/** A function that something else than the state machine starts: an object, a clock, a request. */

import { type Accesses, series, union } from "./access.ts";
import type { Pipeline } from "./pipeline.ts";
import { allStates, functionsOf } from "./workflow.ts";

/** What starts a function. */
export type StartedBy =
  /** An object that was put below a prefix and whose key ends so: `raw/energy/`, `.json`. */
  | { readonly kind: "objects"; readonly prefix: string; readonly suffix: string }
  /** The clock; the event is `{"time": "<when it was due, ISO 8601>"}`. */
  | { readonly kind: "schedule"; readonly everyMinutes: number }
  /** A request of the pipeline's HTTP API, as API Gateway's payload 2.0. */
  | { readonly kind: "http" };

export interface StartedFunction extends Accesses {
  /** Its folder below `apps/`. */
  readonly app: string;
  readonly by: StartedBy;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
}

/** The functions that a pipeline has besides those of its state machine; the API's among them when it serves any. */
export function startedFunctions({ functions = [], serves }: Pipeline): readonly StartedFunction[] {
  if (serves === undefined) return functions;
  const reads = [series(serves.series.dataset)];
  const api = {
    app: "api",
    by: { kind: "http" },
    timeoutSeconds: 30,
    memoryMb: 1024,
    reads,
    writes: [],
  } as const;
  return [...functions, api];
}

/** Every function of a pipeline by its app's name, each once. */
export function appsOf(pipeline: Pipeline): readonly string[] {
  const started = startedFunctions(pipeline).map(({ app }) => app);
  return [...new Set([...functionsOf(pipeline.workflow), ...started])].sort();
}

/** What one function of a pipeline reads and writes: the union of all that starts it. */
export function accessesOf(pipeline: Pipeline, app: string): Accesses {
  const states = allStates(pipeline.workflow).flatMap(([, state]) =>
    state.kind === "lambda" && state.function === app ? [state] : [],
  );
  return union([...states, ...startedFunctions(pipeline).filter((started) => started.app === app)]);
}
