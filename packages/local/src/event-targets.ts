import { local, pipelineNames } from "@penstock/lake/names.ts";
import type { Pipeline } from "@penstock/workflows/pipeline.ts";
import { startedFunctions } from "@penstock/workflows/started-function.ts";

/** What something starts: state machines by their pipelines' names, functions by their own. */
export interface Targets {
  readonly machines: readonly string[];
  readonly functions: readonly FunctionTarget[];
}

export interface FunctionTarget {
  readonly name: string;
  readonly deadLetters: string;
}

/** EventBridge's rules: what an object starts by its key. */
export function objectTargets(pipelines: readonly Pipeline[], key: string): Targets {
  const started = pipelines.filter(
    ({ trigger: { prefix, objects = true } }) => objects && key.startsWith(prefix),
  );
  return {
    machines: started.map(({ name }) => name),
    functions: pipelines.flatMap((pipeline) =>
      startedFunctions(pipeline).flatMap(({ app, by }) =>
        by.kind === "objects" && key.startsWith(by.prefix) && key.endsWith(by.suffix)
          ? [functionTarget(pipeline, app)]
          : [],
      ),
    ),
  };
}

/** A function of a pipeline, and where its events go that it can't take. */
export function functionTarget({ name }: Pipeline, app: string): FunctionTarget {
  const own = pipelineNames(local, name);
  return { name: own.function(app), deadLetters: own.deadLetters };
}
