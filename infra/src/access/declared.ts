/** What states declare, as grants for whoever runs them. */

import { type Accesses, union } from "@penstock/workflows/access.ts";
import type { TaskState } from "@penstock/workflows/state.ts";
import { allStates } from "@penstock/workflows/workflow.ts";
import type { Grant } from "./grant.ts";
import type { PipelinePlace } from "./place.ts";
import { readGrants } from "./read-grants.ts";
import { writeGrants } from "./write-grants.ts";

export type Task = TaskState<string>;

/** The grants of the tasks that one role runs. */
export function declaredGrants(isMine: (task: Task) => boolean, place: PipelinePlace): Grant[] {
  return grantsOf(declaredBy(isMine, place), place);
}

/** What is declared, as grants. */
export function grantsOf({ reads, writes }: Accesses, place: PipelinePlace): Grant[] {
  return [
    ...reads.flatMap((access) => readGrants(access, place)),
    ...writes.flatMap((access) => writeGrants(access, place)),
  ];
}

/** The union of what those tasks declare. */
function declaredBy(
  isMine: (task: Task) => boolean,
  { pipeline }: Pick<PipelinePlace, "pipeline">,
): Accesses {
  return union(tasks(pipeline.workflow).filter(isMine));
}

/** Every task, those inside Map and Parallel states too. */
export function tasks(workflow: Parameters<typeof allStates>[0]): Task[] {
  return allStates(workflow).flatMap(([, state]) => ("reads" in state ? [state] : []));
}
