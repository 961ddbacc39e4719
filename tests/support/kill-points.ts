/** Where a run can be killed, and by what: made of the points that an undisturbed run went through. */

import type { Fault, Victim } from "@penstock/local/fault-points.ts";

/** The points of one kind, each once, in order. */
export interface Points {
  readonly states: readonly string[];
  readonly steps: readonly string[];
  /** What a state's functions wrote: every write, and the last of each state. */
  readonly writes: readonly string[];
  readonly lastWrites: readonly string[];
}

export function pointsOf(reached: readonly string[]): Points {
  const once = [...new Set(reached)];
  const writes = once.filter((point) => /^\w+: \w+ \d+$/.test(point));
  const ofState = Map.groupBy(writes, (point) => point.split(":")[0]);
  return {
    states: once.filter((point) => point.startsWith("state ")),
    steps: once.filter((point) => /^job .* started$/.test(point)),
    writes,
    lastWrites: [...ofState.values()].flatMap((all) => all.at(-1) ?? []),
  };
}

/** Every point with everything that is worth killing there. */
export function matrix(reached: readonly string[]): Fault[] {
  const { states, steps, writes } = pointsOf(reached);
  const each = (points: readonly string[], ...kinds: Victim[]): Fault[] =>
    points.flatMap((point) => kinds.map((kill) => ({ point, kill })));
  return [
    ...each(states, "daemon", "spark", "function"),
    ...each(steps, "daemon", "spark", "job"),
    ...each(writes, "daemon", "function"),
  ];
}

/**
 * One run that is killed at every state and at steps of its job, one after the other, each attempt getting a little
 * further on what those before it left. Up to the cleaned rows the job computes anew whatever happened, so one step
 * stands for those; the matrix has them all. In every state that writes, its function dies with its last write made
 * and not told.
 */
export function chain(reached: readonly string[]): Fault[] {
  const { states, steps, lastWrites } = pointsOf(reached);
  const delicate = steps.filter((_, at) => at === 0 || at >= steps.indexOf("job conformed started"));
  const wanted = new Set([...states, ...delicate, ...lastWrites]);
  const ordered = [...new Set(reached)].filter((point) => wanted.has(point));
  const finish = states.indexOf("state Finish");
  return ordered.flatMap((point): Fault[] => {
    if (lastWrites.includes(point)) return [{ point, kill: "function" }];
    if (delicate.includes(point)) return stepFaults(point, delicate.indexOf(point));
    return [{ point, kill: stateVictim(states.indexOf(point), finish) }];
  });
}

/** The first times that the job dies, the states that record its failure are killed at too. */
function stepFaults(point: string, at: number): Fault[] {
  const kill: Victim = at % 4 === 3 ? "spark" : at % 7 === 5 ? "daemon" : "job";
  const failure: readonly (readonly Fault[])[] = [
    [
      { point: "state RecordFailure", kill: "function" },
      { point: "RecordFailure: PutItem 2", kill: "function" },
      { point: "state RunFailed", kill: "function" },
    ],
    [
      { point: "state NotifyFailure", kill: "function" },
      { point: "state ExecutionFailed", kill: "daemon" },
    ],
  ];
  return [{ point, kill }, ...(failure[at] ?? [])];
}

/** By turns, such that what is to die is alive: a function until the next is invoked, Spark until the next job. */
function stateVictim(at: number, finish: number): Victim {
  const turn: readonly Victim[] = ["function", "spark", "daemon"];
  // up to the job there is nothing but the daemon
  if (at < 4) return "daemon";
  if (at < finish) return at === 4 ? "function" : (turn[(at - 5) % 3] ?? "daemon");
  // the run is done, and no other goes through these: the daemon can die but once, and the matrix kills it at each
  const end: readonly Victim[] = ["function", "function", "spark"];
  return end[at - finish] ?? "daemon";
}
