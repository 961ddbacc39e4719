/** Writes every generated file of the repository from its pipeline folders, or says which are stale. */

import { dictionary } from "@penstock/contracts/targets/dictionary.ts";
import { architectureFile } from "./architecture.ts";
import { type GeneratedFile, outdated, remove, write } from "./generated-file.ts";
import { jobScriptFile } from "./job-script.ts";
import { leftOver } from "./left-over.ts";
import { pipelineFiles } from "./pipeline-files.ts";
import { FolderFault, type LoadedPipeline, loadPipeline, pipelineFolders } from "./pipeline-folder.ts";
import { checkProfiles, profilesFile } from "./profiles.ts";
import { queriesFile } from "./queries.ts";
import { readmeFile } from "./readme-diagram.ts";
import { registryFile } from "./registry.ts";
import { checkRowRules } from "./row-rules.ts";
import { rowTypeFiles, rowTypeTest } from "./row-types.ts";
import { sourceProfiles } from "./source-profile.ts";

export interface Generation {
  /** The repository's root folder. */
  readonly root: string;
  /** Write nothing, only look. */
  readonly check: boolean;
}

/**
 * Works in two phases: a pipeline.ts imports its generated queries and profiles, so those are written before it is
 * imported.
 *
 * @returns the paths, from the root, of the files written or removed; with `check`, of those that are stale.
 *   With `check` and stale queries only these are listed, since all else is made of them
 * @throws ContractError, WorkflowError or FolderFault when a pipeline folder contradicts itself
 */
export async function generate({ root, check }: Generation): Promise<string[]> {
  const folders = pipelineFolders(root);
  const first = [
    registryFile(folders),
    ...folders.flatMap((folder) => [queriesFile(root, folder), ...profilesFile(root, folder)]),
  ];
  const firstStale = outdated(root, first);
  if (check && firstStale.length > 0) return paths(firstStale);
  write(root, firstStale);

  const pipelines = await Promise.all(folders.map((folder) => loadPipeline(root, folder)));
  checkNames(pipelines);
  for (const pipeline of pipelines) checkProfiles(root, pipeline);
  for (const { pipeline } of pipelines) pipeline.datasets.forEach(checkRowRules);
  const second = [
    ...pipelines.flatMap((pipeline) => filesOf(root, pipeline)),
    dictionaryFile(pipelines),
    await architectureFile(pipelines.map(({ pipeline }) => pipeline)),
  ];
  const secondStale = outdated(root, second);
  const removed = leftOver(root, new Set(paths([...first, ...second])));
  if (!check) {
    write(root, secondStale);
    remove(root, removed);
  }
  return [...paths([...firstStale, ...secondStale]), ...removed].sort();
}

/** All tables are in one database, so a dataset's name is taken once. */
function checkNames(pipelines: readonly LoadedPipeline[]): void {
  const owners = new Map<string, string>();
  for (const { path, pipeline } of pipelines) {
    for (const { name } of pipeline.datasets) {
      const owner = owners.get(name);
      if (owner !== undefined)
        throw new FolderFault(`${path}: found the dataset "${name}", which ${owner} has too`);
      owners.set(name, path);
    }
  }
}

function filesOf(root: string, pipeline: LoadedPipeline): readonly GeneratedFile[] {
  return [
    ...rowTypeFiles(pipeline),
    rowTypeTest(pipeline),
    ...pipelineFiles(pipeline),
    ...readmeFile(root, pipeline),
    jobScriptFile(pipeline, sourceProfiles(root, pipeline)),
  ];
}

function dictionaryFile(pipelines: readonly LoadedPipeline[]): GeneratedFile {
  const chapters = pipelines.map(({ name, pipeline }) => ({
    title: name,
    description: pipeline.description,
    datasets: pipeline.datasets,
  }));
  return { path: "docs/data-dictionary.md", text: dictionary(chapters) };
}

function paths(files: readonly GeneratedFile[]): string[] {
  return files.map(({ path }) => path);
}
