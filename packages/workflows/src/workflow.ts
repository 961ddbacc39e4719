/** A workflow: states whose targets exist, checked by the compiler, and its shape, checked where it is defined. */

import { type Accesses, union } from "./access.ts";
import type { Branch, State } from "./state.ts";
import { targets } from "./targets.ts";

/** A state machine as plain data; `asl.ts` writes it as ASL, `mermaid.ts` draws it. */
export interface Workflow {
  readonly comment: string;
  readonly startAt: string;
  /** Where every task, Map and Parallel goes that fails, unless it names another state itself. */
  readonly onFailure: string;
  /** The longest one execution may take, in seconds. */
  readonly timeoutSeconds: number;
  readonly states: Readonly<Record<string, State>>;
}

/** A workflow that contradicts itself; thrown where it is defined. */
export class WorkflowError extends Error {
  override readonly name = "WorkflowError";
}

/**
 * Defines a workflow. A `next` that names no state of it does not compile.
 *
 * @throws WorkflowError when a state leads nowhere or can't be reached, or the way of a failure leads back to its own start
 */
export function workflow<N extends string>(facts: {
  readonly comment: string;
  readonly startAt: NoInfer<N>;
  readonly onFailure: NoInfer<N>;
  readonly timeoutSeconds: number;
  readonly states: { readonly [K in N]: State<NoInfer<N>> };
}): Workflow {
  const defined: Workflow = facts;
  checkTargets(defined);
  checkReachable(defined, [facts.startAt, facts.onFailure]);
  checkFailurePath(defined);
  checkNames(defined);
  return defined;
}

/**
 * Defines the states inside a Map or Parallel state.
 *
 * @throws WorkflowError when a state can't be reached or catches: what fails in there is caught outside
 */
export function branch<N extends string>(facts: {
  readonly startAt: NoInfer<N>;
  readonly states: { readonly [K in N]: State<NoInfer<N>> };
}): Branch {
  const defined: Branch = facts;
  checkReachable(defined, [facts.startAt]);
  for (const [name, state] of Object.entries(defined.states)) {
    if ("onError" in state)
      throw new WorkflowError(`state "${name}": onError inside a branch; the state around it catches`);
  }
  return defined;
}

/** Every state, those inside Map and Parallel states too, with its name. */
export function allStates(of: Branch): [string, State][] {
  return Object.entries(of.states).flatMap(([name, state]): [string, State][] => {
    if (state.kind === "map") return [[name, state], ...allStates(state.each)];
    if (state.kind === "parallel") return [[name, state], ...state.branches.flatMap(allStates)];
    return [[name, state]];
  });
}

/** The functions that its states invoke, each once, by their apps' names. */
export function functionsOf(of: Branch): readonly string[] {
  const invoked = allStates(of).flatMap(([, state]) => (state.kind === "lambda" ? [state.function] : []));
  return [...new Set(invoked)].sort();
}

/** What the whole workflow reads and writes: the union of its states. */
export function accesses(of: Branch): Accesses {
  return union(allStates(of).flatMap(([, state]) => ("reads" in state ? [state] : [])));
}

/** The compiler knows the names that a state may have, not which states were left out. */
function checkTargets(of: Workflow): void {
  for (const [name, state] of Object.entries(of.states)) {
    const lost = targets(state).find((target) => !(target in of.states));
    if (lost !== undefined) throw new WorkflowError(`state "${name}" leads to "${lost}", which is no state`);
  }
}

function checkReachable(of: Branch, starts: readonly string[]): void {
  const reached = reachable(of, starts);
  const lost = Object.keys(of.states).filter((name) => !reached.has(name));
  if (lost.length > 0)
    throw new WorkflowError(`no state leads to ${lost.map((name) => `"${name}"`).join(", ")}`);
}

/** A failure while a failure is recorded must not start the recording again, for ever. */
function checkFailurePath(of: Workflow): void {
  for (const name of reachable(of, [of.onFailure])) {
    const state = of.states[name];
    if (state === undefined || !mayFail(state)) continue;
    if (state.onError === undefined) {
      throw new WorkflowError(`state "${name}" is on the way of a failure: it needs an onError of its own`);
    }
  }
}

/** Logs, and handlers on a laptop, go by a state's name alone. */
function checkNames(of: Branch): void {
  const names = allStates(of).map(([name]) => name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw new WorkflowError(`two states are called "${twice}"`);
}

function mayFail(state: State): state is Extract<State, { readonly onError?: string }> {
  return "reads" in state || state.kind === "map" || state.kind === "parallel";
}

function reachable(of: Branch, starts: readonly string[]): ReadonlySet<string> {
  const reached = new Set<string>();
  const waiting = [...starts];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const state = of.states[name];
    if (state === undefined || reached.has(name)) continue;
    reached.add(name);
    waiting.push(...targets(state));
  }
  return reached;
}
