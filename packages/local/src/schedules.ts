import type { Pipeline } from "@penstock/workflows/pipeline.ts";
import { startedFunctions } from "@penstock/workflows/started-function.ts";
import { type FunctionTarget, functionTarget } from "./event-targets.ts";
import type { JsonObject } from "./json.ts";
import type { Schedule } from "./scheduler.ts";

const milliseconds = { hourly: 3_600_000, daily: 86_400_000, weekly: 7 * 86_400_000 } as const;

/** How a schedule starts what it is for. */
export interface Starts {
  readonly machine: (pipeline: string, input: JsonObject) => void;
  readonly function: (target: FunctionTarget, event: JsonObject) => void;
}

/** The schedules of a pipeline: its sweep, its maintenance, and its functions that the clock starts. */
export function schedulesOf(pipeline: Pipeline, starts: Starts): readonly Schedule[] {
  const { name, trigger } = pipeline;
  const functions = startedFunctions(pipeline).flatMap(({ app, by }): Schedule[] => {
    if (by.kind !== "schedule") return [];
    const run = (due: Date) => starts.function(functionTarget(pipeline, app), { time: instant(due) });
    return [{ name: `${name} ${app}`, everyMs: by.everyMinutes * 60_000, aligned: true, run }];
  });
  return [
    { name: `${name} sweep`, everyMs: milliseconds[trigger.sweep], run: () => starts.machine(name, {}) },
    {
      name: `${name} maintenance`,
      everyMs: milliseconds[trigger.maintenance],
      run: () => starts.machine(name, { work: { kind: "maintain" } }),
    },
    ...functions,
  ];
}

/** As EventBridge Scheduler writes `<aws.scheduler.scheduled-time>`: whole seconds. */
const instant = (time: Date): string => time.toISOString().replace(/\.\d+Z$/, "Z");
