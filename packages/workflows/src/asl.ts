/** A workflow as ASL (Amazon States Language, JSONPath), with `${Names}` left in for `fill` to fill. */

import { standardCatch, standardRetry } from "./retry.ts";
import type { Branch, Condition, State, TaskState } from "./state.ts";
import { aslTemplate, type Template } from "./template.ts";
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

/** The placeholder of a function's ARN: `plan-run` → `${PlanRunFunctionArn}`. */
export function functionArnName(name: string): string {
  const pascal = name.replace(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());
  return `${pascal}FunctionArn`;
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

/** What is called, with what, and which part of the answer is kept. */
function callFields(task: TaskState<string>): Record<string, unknown> {
  switch (task.kind) {
    case "lambda":
      return {
        Resource: "arn:aws:states:::lambda:invoke",
        Parameters: {
          FunctionName: `\${${functionArnName(task.function)}}`,
          Payload: aslTemplate(task.payload),
        },
        ResultSelector: Object.fromEntries(task.returns.map((field) => [`${field}.$`, `$.Payload.${field}`])),
      };
    case "glueJob":
      return {
        Resource: "arn:aws:states:::glue:startJobRun.sync",
        Parameters: {
          // biome-ignore lint/suspicious/noTemplateCurlyInString: a name that fill() fills
          JobName: "${JobName}",
          ...(task.workers === undefined
            ? {}
            : aslTemplate({ WorkerType: "G.1X", NumberOfWorkers: task.workers })),
          Arguments: aslTemplate(
            Object.fromEntries(Object.entries(task.arguments).map(([key, value]) => [`--${key}`, value])),
          ),
        },
      };
    case "athenaQuery":
      return {
        Resource: "arn:aws:states:::athena:startQueryExecution.sync",
        Parameters: {
          ...aslTemplate({ QueryString: task.query }),
          // biome-ignore lint/suspicious/noTemplateCurlyInString: a name that fill() fills
          WorkGroup: "${WorkGroup}",
          // biome-ignore lint/suspicious/noTemplateCurlyInString: a name that fill() fills
          QueryExecutionContext: { Database: "${Database}" },
        },
        ResultSelector: { "id.$": "$.QueryExecution.QueryExecutionId" },
      };
    case "athenaResults":
      return {
        Resource: "arn:aws:states:::athena:getQueryResults",
        Parameters: { ...aslTemplate({ QueryExecutionId: task.queryId }), MaxResults: task.maxRows },
        ResultSelector: { "rows.$": "$.ResultSet.Rows" },
      };
    case "publish":
      return {
        Resource: "arn:aws:states:::sns:publish",
        Parameters: {
          // biome-ignore lint/suspicious/noTemplateCurlyInString: a name that fill() fills
          TopicArn: "${TopicArn}",
          ...aslTemplate({ Subject: task.subject, Message: task.message }),
          MessageAttributes: aslTemplate(
            Object.fromEntries(
              Object.entries(task.attributes).map(([name, value]): [string, Template] => [
                name,
                { DataType: "String", StringValue: value },
              ]),
            ),
          ),
        },
      };
  }
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
