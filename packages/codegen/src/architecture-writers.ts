/** Who writes what of a pipeline, for its picture. */

import type { Access } from "@penstock/workflows/access.ts";
import type { StartedFunction } from "@penstock/workflows/started-function.ts";
import type { State } from "@penstock/workflows/state.ts";

/** Who writes what, of all that states and started functions declare. */
export type Writers = readonly (readonly [actor: string, Access])[];

export function writersOf(states: readonly State[], started: readonly StartedFunction[]): Writers {
  const byStates = states.flatMap((state) => {
    const actor = actorOf(state);
    return actor === undefined || !("writes" in state)
      ? []
      : state.writes.map((access) => [actor, access] as const);
  });
  const byOthers = started.flatMap(({ app, writes }) =>
    writes.map((access) => [`function ${app}`, access] as const),
  );
  return [...byStates, ...byOthers];
}

function actorOf(state: State): string | undefined {
  if (state.kind === "lambda") return `function ${state.function}`;
  return state.kind === "glueJob" ? "job" : undefined;
}

/** The folders beside its own that a pipeline writes files to: `archive/`. */
export function putAway(writers: Writers, prefix: string): readonly string[] {
  const prefixes = writers.flatMap(([, access]) =>
    access.kind === "objects" && access.prefix !== prefix ? [`${access.prefix.split("/")[0]}/`] : [],
  );
  return [...new Set(prefixes)].sort();
}
