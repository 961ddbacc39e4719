/**
 * The states of a workflow as plain data. The type parameter carries the names that a state can go to, so that
 * a workflow accepts only states whose targets exist.
 */

import type { Accesses } from "./access.ts";
import type { Condition } from "./condition.ts";
import type { Path, Template } from "./template.ts";

/** Where a state's result goes in the execution's data; `null` leaves the data as it was. */
export type ResultAt = `$.${string}` | null;

interface Described {
  /** What the state is for, in one sentence; shown in the console and the drawing. */
  readonly comment?: string;
}

interface TaskFacts<N extends string> extends Described, Accesses {
  readonly next: N;
  /** Where a failure goes, when it isn't the workflow's `onFailure`. */
  readonly onError?: N;
  /** Where what failed (`{Error, Cause}`) is put for the state that `onError` names; `$.failure` by default. */
  readonly errorAt?: `$.${string}`;
  /** Errors of its own that pass by themselves, retried besides the standard ones. */
  readonly transient?: readonly string[];
  readonly timeoutSeconds: number;
  readonly resultAt: ResultAt;
}

/** Invokes one of the pipeline's functions. */
export interface LambdaState<N extends string> extends TaskFacts<N> {
  readonly kind: "lambda";
  /** The function, named after its folder under `apps/`: its ARN is filled in as `${PlanRunFunctionArn}`. */
  readonly function: string;
  readonly payload: { readonly [key: string]: Template };
  /** The fields of the function's answer that are kept; it must always return each of them. */
  readonly returns: readonly string[];
}

/** Runs the pipeline's Glue job to its end (`.sync`); its name is filled in as `${JobName}`. */
export interface GlueJobState<N extends string> extends TaskFacts<N> {
  readonly kind: "glueJob";
  /** Job arguments without their dashes. */
  readonly arguments: { readonly [key: string]: Template };
  /** How many workers, where that depends on the input. */
  readonly workers?: Path;
}

/** Runs one Athena query to its end (`.sync`), in `${WorkGroup}` and `${Database}`. */
export interface AthenaQueryState<N extends string> extends TaskFacts<N> {
  readonly kind: "athenaQuery";
  readonly query: Template;
}

/** Fetches the first rows of a finished Athena query. */
export interface AthenaResultsState<N extends string> extends TaskFacts<N> {
  readonly kind: "athenaResults";
  /** The query's execution id. */
  readonly queryId: Path;
  /** How many rows, the header being the first; at most 1000. */
  readonly maxRows: number;
}

/** Publishes to the pipeline's SNS topic, filled in as `${TopicArn}`. */
export interface PublishState<N extends string> extends TaskFacts<N> {
  readonly kind: "publish";
  readonly subject: Template;
  readonly message: Template;
  /** Message attributes, each a text. */
  readonly attributes: { readonly [name: string]: Template };
  /** Message attributes that subscriptions can compare as numbers, each written as a text. */
  readonly counts?: { readonly [name: string]: Template };
}

export interface ChoiceState<N extends string> extends Described {
  readonly kind: "choice";
  readonly when: readonly { readonly is: Condition; readonly next: N }[];
  readonly otherwise: N;
}

/** Adds something to the execution's data and goes on. */
export interface PassState<N extends string> extends Described {
  readonly kind: "pass";
  readonly result: { readonly [key: string]: Template };
  readonly resultAt: ResultAt;
  readonly next: N;
}

export interface WaitState<N extends string> extends Described {
  readonly kind: "wait";
  readonly seconds: number;
  readonly next: N;
}

/** Runs a branch for each item of a list, in the same execution (inline). */
export interface MapState<N extends string> extends Described {
  readonly kind: "map";
  readonly items: Path;
  readonly each: Branch;
  readonly maxConcurrency: number;
  readonly next: N;
  readonly onError?: N;
  readonly resultAt: ResultAt;
}

/** Runs several branches at once. */
export interface ParallelState<N extends string> extends Described {
  readonly kind: "parallel";
  readonly branches: readonly Branch[];
  readonly next: N;
  readonly onError?: N;
  readonly resultAt: ResultAt;
}

export interface SucceedState extends Described {
  readonly kind: "succeed";
}

export interface FailState extends Described {
  readonly kind: "fail";
  /** The error's name, or where in the data it is. */
  readonly error: string | Path;
  /** Why, in a sentence, or where in the data that is said. */
  readonly cause: string | Path;
}

export type TaskState<N extends string> =
  | LambdaState<N>
  | GlueJobState<N>
  | AthenaQueryState<N>
  | AthenaResultsState<N>
  | PublishState<N>;

/** One state; `N` are the states it can go to. */
export type State<N extends string = string> =
  | TaskState<N>
  | ChoiceState<N>
  | PassState<N>
  | WaitState<N>
  | MapState<N>
  | ParallelState<N>
  | SucceedState
  | FailState;

/** States that are run inside a Map or Parallel state; a failure in there fails the state around them. */
export interface Branch {
  readonly startAt: string;
  readonly states: Readonly<Record<string, State>>;
}

type Facts<S extends { kind: string }> = Omit<S, "kind">;

export const lambda = <const N extends string>(facts: Facts<LambdaState<N>>): LambdaState<N> => ({
  kind: "lambda",
  ...facts,
});
export const glueJob = <const N extends string>(facts: Facts<GlueJobState<N>>): GlueJobState<N> => ({
  kind: "glueJob",
  ...facts,
});
export const athenaQuery = <const N extends string>(
  facts: Facts<AthenaQueryState<N>>,
): AthenaQueryState<N> => ({ kind: "athenaQuery", ...facts });
export const athenaResults = <const N extends string>(
  facts: Facts<AthenaResultsState<N>>,
): AthenaResultsState<N> => ({ kind: "athenaResults", ...facts });
export const publish = <const N extends string>(facts: Facts<PublishState<N>>): PublishState<N> => ({
  kind: "publish",
  ...facts,
});
export const choice = <const N extends string>(facts: Facts<ChoiceState<N>>): ChoiceState<N> => ({
  kind: "choice",
  ...facts,
});
export const pass = <const N extends string>(facts: Facts<PassState<N>>): PassState<N> => ({
  kind: "pass",
  ...facts,
});
export const wait = <const N extends string>(facts: Facts<WaitState<N>>): WaitState<N> => ({
  kind: "wait",
  ...facts,
});
export const map = <const N extends string>(facts: Facts<MapState<N>>): MapState<N> => ({
  kind: "map",
  ...facts,
});
export const parallel = <const N extends string>(facts: Facts<ParallelState<N>>): ParallelState<N> => ({
  kind: "parallel",
  ...facts,
});
export const succeed = (facts: Facts<SucceedState> = {}): SucceedState => ({ kind: "succeed", ...facts });
export const fail = (facts: Facts<FailState>): FailState => ({ kind: "fail", ...facts });
