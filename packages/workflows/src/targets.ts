import type { State } from "./state.ts";

/** The states that a state can go to, its `onError` included. */
export function targets(state: State): readonly string[] {
  switch (state.kind) {
    case "lambda":
    case "glueJob":
    case "athenaQuery":
    case "athenaResults":
    case "publish":
    case "map":
    case "parallel":
      return state.onError === undefined ? [state.next] : [state.next, state.onError];
    case "choice":
      return [...state.when.map((rule) => rule.next), state.otherwise];
    case "pass":
    case "wait":
      return [state.next];
    case "succeed":
    case "fail":
      return [];
  }
}
