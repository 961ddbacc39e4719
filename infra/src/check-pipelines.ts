/** What pipelines must keep to among each other, checked before Terraform runs. */

import { union } from "@penstock/workflows/access.ts";
import type { Pipeline } from "@penstock/workflows/pipeline.ts";
import { startedFunctions } from "@penstock/workflows/started-function.ts";
import { accesses } from "@penstock/workflows/workflow.ts";
import { strangersTable } from "./check-queries.ts";

/** Pipelines that can't be deployed as they are. */
export class PipelineFault extends Error {
  override readonly name = "PipelineFault";
}

/**
 * Checks that each pipeline has datasets and files of its own, writes its own tables alone, has no query that was copied
 * from another's and forgotten, and that no two wait for each other.
 *
 * @throws PipelineFault naming the pipelines and the table
 */
export function checkPipelines(pipelines: readonly Pipeline[]): void {
  checkPrefixes(pipelines);
  const owner = owners(pipelines);
  const upstream = new Map<string, Set<string>>();
  for (const pipeline of pipelines) {
    const { reads, writes } = union([accesses(pipeline.workflow), ...startedFunctions(pipeline)]);
    for (const table of tables(writes)) {
      const whose = owner.get(table);
      if (whose === pipeline.name) continue;
      throw new PipelineFault(
        whose === undefined
          ? `${pipeline.name} writes the table "${table}", which no contract describes`
          : `${pipeline.name} writes the table "${table}", which is ${whose}'s`,
      );
    }
    const others = tables(reads).map((table) => {
      const whose = owner.get(table);
      if (whose !== undefined) return whose;
      throw new PipelineFault(`${pipeline.name} reads the table "${table}", which no contract describes`);
    });
    upstream.set(pipeline.name, new Set(others.filter((name) => name !== pipeline.name)));
  }
  const forgotten = strangersTable(pipelines);
  if (forgotten !== undefined) {
    const { pipeline, query, table, owner } = forgotten;
    throw new PipelineFault(
      `${pipeline}: ${query} reads the table "${table}", which is ${owner}'s, and no state of ${pipeline} declares it`,
    );
  }
  const circle = cycle(upstream);
  if (circle !== undefined) {
    throw new PipelineFault(`pipelines read each other's tables in a circle: ${circle.join(" ← ")}`);
  }
}

type Declared = ReturnType<typeof union>["reads"];

const tables = (declared: Declared): string[] =>
  declared.flatMap((access) => (access.kind === "table" ? [access.dataset] : []));

/** A file is one pipeline's: two that both took it would each load it. */
function checkPrefixes(pipelines: readonly Pipeline[]): void {
  for (const [at, { name, trigger }] of pipelines.entries()) {
    const other = pipelines
      .slice(0, at)
      .find(
        ({ trigger: { prefix } }) => prefix.startsWith(trigger.prefix) || trigger.prefix.startsWith(prefix),
      );
    if (other === undefined) continue;
    throw new PipelineFault(
      `${name} takes the files below "${trigger.prefix}", and ${other.name} those below "${other.trigger.prefix}": give each a prefix of its own`,
    );
  }
}

/** Whose each table is. */
function owners(pipelines: readonly Pipeline[]): ReadonlyMap<string, string> {
  const owner = new Map<string, string>();
  for (const { name, datasets } of pipelines) {
    if (datasets.length === 0)
      throw new PipelineFault(`${name} has no dataset: its contract.ts describes none`);
    for (const dataset of datasets) {
      const other = owner.get(dataset.name);
      if (other !== undefined) {
        throw new PipelineFault(`${name} and ${other} both describe a dataset "${dataset.name}"`);
      }
      owner.set(dataset.name, name);
    }
  }
  return owner;
}

/** A way from a pipeline back to itself, if there is one. */
function cycle(upstream: ReadonlyMap<string, ReadonlySet<string>>): string[] | undefined {
  const done = new Set<string>();
  const visit = (name: string, path: readonly string[]): string[] | undefined => {
    if (path.includes(name)) return [...path.slice(path.indexOf(name)), name];
    if (done.has(name)) return undefined;
    for (const other of upstream.get(name) ?? []) {
      const found = visit(other, [...path, name]);
      if (found !== undefined) return found;
    }
    done.add(name);
    return undefined;
  };
  for (const name of upstream.keys()) {
    const found = visit(name, []);
    if (found !== undefined) return found;
  }
  return undefined;
}
