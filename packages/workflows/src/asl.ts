/** A workflow as ASL (Amazon States Language, JSONPath), with `${Names}` left in for `fill` to fill. */

import { callFields } from "./asl-call.ts";
import type { Condition } from "./condition.ts";
import { standardCatch, standardRetry } from "./retry.ts";
import type { Branch, State, TaskState } from "./state.ts";
import { aslTemplate } from "./template.ts";
import type { Workflow } from "./workflow.ts";

/** A state machine's definition, as Step Functions takes it once its names are filled. */
export interface Asl {
  readonly Comment?: string;
  readonly QueryLanguage?: "JSONPath";
  readonly StartAt: string;
  readonly TimeoutSeconds?: number;
  readonly States: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Writes a workflow as ASL; the same workflow always gives the same text. */
export function asl(workflow: Workflow): Asl {
  return {
    Comment: workflow.comment,
    StartAt: workflow.startAt,
    TimeoutSeconds: workflow.timeoutSeconds,
    States: states(workflow, workflow.onFailure),
  };
}

/** Inside a branch nothing catches: the state around it does. */
function states(of: Branch, onFailure?: string): Asl["States"] {
  return Object.fromEntries(
    Object.entries(of.states).map(([name, state]) => [name, described(state, stateFields(state, onFailure))]),
  );
}

function described(state: State, fields: Record<string, unknown>): Record<string, unknown> {
  return state.comment === undefined ? fields : { Comment: state.comment, ...fields };
}

function stateFields(state: State, onFailure: string | undefined): Record<string, unknown> {
  switch (state.kind) {
    case "lambda":
    case "glueJob":
    case "athenaQuery":
    case "athenaResults":
    case "publish":
      return taskFields(state, onFailure);
    case "choice":
      return {
        Type: "Choice",
        Choices: state.when.map((rule) => ({ ...conditionFields(rule.is), Next: rule.next })),
        Default: state.otherwise,
      };
    case "pass":
      return {
        Type: "Pass",
        Parameters: aslTemplate(state.result),
        ResultPath: state.resultAt,
        Next: state.next,
      };
    case "wait":
      return { Type: "Wait", Seconds: state.seconds, Next: state.next };
    case "map":
      return {
        Type: "Map",
        ItemsPath: state.items.path,
        MaxConcurrency: state.maxConcurrency,
        ItemProcessor: { ProcessorConfig: { Mode: "INLINE" }, ...branchFields(state.each) },
        ...outcomeFields(state, onFailure),
      };
    case "parallel":
      return {
        Type: "Parallel",
        Branches: state.branches.map(branchFields),
        ...outcomeFields(state, onFailure),
      };
    case "succeed":
      return { Type: "Succeed" };
    case "fail":
      return {
        Type: "Fail",
        ...(typeof state.error === "string" ? { Error: state.error } : { ErrorPath: state.error.path }),
        ...(typeof state.cause === "string" ? { Cause: state.cause } : { CausePath: state.cause.path }),
      };
  }
}

function taskFields(task: TaskState<string>, onFailure: string | undefined): Record<string, unknown> {
  return {
    Type: "Task",
    ...callFields(task),
    TimeoutSeconds: task.timeoutSeconds,
    Retry: standardRetry(task),
    ...outcomeFields(task, onFailure),
  };
}

interface Outcome {
  readonly next: string;
  readonly onError?: string;
  readonly errorAt?: string;
  readonly resultAt: string | null;
}

function outcomeFields(state: Outcome, onFailure: string | undefined): Record<string, unknown> {
  const onError = state.onError ?? onFailure;
  return {
    ResultPath: state.resultAt,
    ...(onError === undefined ? {} : { Catch: standardCatch(onError, state.errorAt) }),
    Next: state.next,
  };
}

function branchFields(branch: Branch): Record<string, unknown> {
  return { StartAt: branch.startAt, States: states(branch) };
}

function conditionFields(condition: Condition): Record<string, unknown> {
  switch (condition.kind) {
    case "equals":
      return { Variable: condition.variable, [comparison(condition.value)]: condition.value };
    case "present":
      return { Variable: condition.variable, IsPresent: true };
    case "not":
      return { Not: conditionFields(condition.of) };
    case "all":
      return { And: condition.of.map(conditionFields) };
    case "any":
      return { Or: condition.of.map(conditionFields) };
  }
}

function comparison(value: string | number | boolean): string {
  if (typeof value === "string") return "StringEquals";
  return typeof value === "number" ? "NumericEquals" : "BooleanEquals";
}
