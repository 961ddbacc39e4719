/** The ways through a workflow, and what each of them calls: Step Functions is paid by the state entered. */

import type { Branch, State } from "@penstock/workflows/state.ts";
import { targets } from "@penstock/workflows/targets.ts";

/** What one execution does on its way. */
export interface Way {
  /** States entered, those inside a Map or Parallel included, and one for the start. */
  readonly transitions: number;
  readonly functionCalls: number;
  readonly jobRuns: number;
  readonly queries: number;
  readonly notices: number;
}

/** The longest way to success that enters no state twice: a run that does everything there is to do. */
export const longestWay = (workflow: Branch, items: number): Way =>
  chosen(workflow, items, (a, b) => a.transitions > b.transitions);

/** The shortest way to success: an execution that finds nothing to do. */
export const shortestWay = (workflow: Branch, items: number): Way =>
  chosen(workflow, items, (a, b) => a.transitions < b.transitions);

/**
 * @param items how many items a Map state goes through
 * @throws Error when no way leads to success
 */
function chosen(workflow: Branch, items: number, better: (a: Way, b: Way) => boolean): Way {
  const best = waysFrom(workflow, workflow.startAt, new Set(), items).reduce<Way | undefined>(
    (found, way) => (found === undefined || better(way, found) ? way : found),
    undefined,
  );
  if (best === undefined) throw new Error("no way through the workflow ends in success");
  return sum([best, { ...nothing, transitions: 1 }]);
}

function waysFrom(of: Branch, name: string, before: ReadonlySet<string>, items: number): readonly Way[] {
  const state = of.states[name];
  if (state === undefined || before.has(name)) return [];
  const own = entered(state, items);
  if (state.kind === "succeed") return [own];
  const seen = new Set(before).add(name);
  return targets(state)
    .filter((next) => !("onError" in state) || next !== state.onError || next === state.next)
    .flatMap((next) => waysFrom(of, next, seen, items))
    .map((rest) => sum([own, rest]));
}

const nothing: Way = { transitions: 0, functionCalls: 0, jobRuns: 0, queries: 0, notices: 0 };

/** What a state does when it is entered once. */
function entered(state: State, items: number): Way {
  const one = { ...nothing, transitions: 1 };
  switch (state.kind) {
    case "lambda":
      return { ...one, functionCalls: 1 };
    case "glueJob":
      return { ...one, jobRuns: 1 };
    case "athenaQuery":
      return { ...one, queries: 1 };
    case "publish":
      return { ...one, notices: 1 };
    case "map":
      return sum([one, ...Array.from({ length: items }, () => inside(state.each, items))]);
    case "parallel":
      return sum([one, ...state.branches.map((branch) => inside(branch, items))]);
    case "athenaResults":
    case "choice":
    case "pass":
    case "wait":
    case "succeed":
    case "fail":
      return one;
  }
}

/** The longest way through a branch, without a start of its own. */
function inside(branch: Branch, items: number): Way {
  const { transitions, ...rest } = longestWay(branch, items);
  return { ...rest, transitions: transitions - 1 };
}

function sum(ways: readonly Way[]): Way {
  return ways.reduce((total, way) => ({
    transitions: total.transitions + way.transitions,
    functionCalls: total.functionCalls + way.functionCalls,
    jobRuns: total.jobRuns + way.jobRuns,
    queries: total.queries + way.queries,
    notices: total.notices + way.notices,
  }));
}
