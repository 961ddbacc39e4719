/** A workflow drawn as a Mermaid state diagram, for the pipeline's README. */

import type { Condition } from "./condition.ts";
import type { Branch, State } from "./state.ts";
import type { Workflow } from "./workflow.ts";

/** Draws a workflow; the ways of a failure that all tasks share are said in one note, not drawn one by one. */
export function mermaid(workflow: Workflow): string {
  return [
    "stateDiagram-v2",
    ...branchLines(workflow).map((line) => `  ${line}`),
    `  note right of ${workflow.onFailure}: whatever fails comes here`,
    "",
  ].join("\n");
}

function branchLines(branch: Branch): string[] {
  return [
    `[*] --> ${branch.startAt}`,
    ...Object.entries(branch.states).flatMap(([name, state]) => stateLines(name, state)),
  ];
}

function stateLines(name: string, state: State): string[] {
  switch (state.kind) {
    case "lambda":
    case "glueJob":
    case "athenaQuery":
    case "athenaResults":
    case "publish":
      return [`${name}: ${name} (${callName(state)})`, ...outcomeLines(name, state)];
    case "choice":
      return [
        `state ${name} <<choice>>`,
        ...state.when.map((rule) => `${name} --> ${rule.next}: ${conditionText(rule.is)}`),
        `${name} --> ${state.otherwise}: else`,
      ];
    case "pass":
    case "wait":
      return [`${name} --> ${state.next}`];
    case "map":
      return [`state ${name} {`, ...indented(branchLines(state.each)), "}", ...outcomeLines(name, state)];
    case "parallel":
      return [
        `state ${name} {`,
        ...state.branches.flatMap((branch, at) => [
          ...(at === 0 ? [] : ["  --"]),
          ...indented(branchLines(branch)),
        ]),
        "}",
        ...outcomeLines(name, state),
      ];
    case "succeed":
    case "fail":
      return [`${name} --> [*]`];
  }
}

function outcomeLines(name: string, state: { readonly next: string; readonly onError?: string }): string[] {
  const forward = `${name} --> ${state.next}`;
  if (state.onError === undefined || state.onError === state.next) return [forward];
  return [forward, `${name} --> ${state.onError}: on failure`];
}

function callName(state: Extract<State, { readonly reads: unknown }>): string {
  switch (state.kind) {
    case "lambda":
      return `Lambda ${state.function}`;
    case "glueJob":
      return "Glue job";
    case "athenaQuery":
      return "Athena query";
    case "athenaResults":
      return "Athena results";
    case "publish":
      return "SNS";
  }
}

function conditionText(condition: Condition): string {
  switch (condition.kind) {
    case "equals": {
      const field = condition.variable.split(".").at(-1) ?? condition.variable;
      return typeof condition.value === "boolean"
        ? `${condition.value ? "" : "not "}${field}`
        : String(condition.value);
    }
    case "present":
      return `${condition.variable.replace(/^\$\./, "")} present`;
    case "not":
      return `not ${conditionText(condition.of)}`;
    case "all":
      return condition.of.map(conditionText).join(" and ");
    case "any":
      return condition.of.map(conditionText).join(" or ");
  }
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}
