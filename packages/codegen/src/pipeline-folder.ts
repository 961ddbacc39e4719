/** The folders of packages/pipelines: what is there, by listing; nothing keeps a list by hand. */

import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Dataset } from "@penstock/contracts/dataset.ts";
import { foundFolders } from "@penstock/toolchain/pipeline-folders.ts";
import type { Pipeline } from "@penstock/workflows/pipeline.ts";

export const pipelinesFolder = "packages/pipelines";

export interface PipelineFolder {
  /** The folder's name, which is the pipeline's: `charging-sessions`. */
  readonly name: string;
  /** From the repository's root: `packages/pipelines/charging-sessions`. */
  readonly path: string;
}

export interface LoadedPipeline extends PipelineFolder {
  readonly pipeline: Pipeline;
  /** The names under which contract.ts exports the datasets, by the dataset's name. */
  readonly exportNames: Readonly<Record<string, string>>;
}

/** A pipeline's folder that contradicts itself or another. */
export class FolderFault extends Error {
  override readonly name = "FolderFault";
}

/**
 * @returns the pipelines' folders, by name
 * @throws FolderFault naming the first that has no pipeline.ts or no contract.ts
 */
export function pipelineFolders(root: string): readonly PipelineFolder[] {
  return foundFolders(join(root, pipelinesFolder)).map(({ name, lacks }) => {
    const path = `${pipelinesFolder}/${name}`;
    if (lacks.length > 0) throw new FolderFault(`${path} has no ${lacks.join(" and no ")}`);
    return { name, path };
  });
}

/**
 * Imports a pipeline and its contract. Node keeps what it imported, so a process sees one state of the folder.
 *
 * @throws FolderFault when the pipeline is not named after its folder, or does not list a dataset of its contract
 */
export async function loadPipeline(root: string, folder: PipelineFolder): Promise<LoadedPipeline> {
  const load = (file: string): Promise<Readonly<Record<string, unknown>>> =>
    import(pathToFileURL(join(root, folder.path, file)).href);
  const pipeline = (await load("pipeline.ts")).default as Pipeline;
  if (pipeline.name !== folder.name) {
    throw new FolderFault(
      `${folder.path}/pipeline.ts: found the name "${pipeline.name}", expected the folder's`,
    );
  }
  const datasets = Object.entries(await load("contract.ts")).filter((entry): entry is [string, Dataset] =>
    isDataset(entry[1]),
  );
  const unlisted = datasets.find(([, dataset]) => !pipeline.datasets.includes(dataset));
  if (unlisted !== undefined) {
    throw new FolderFault(
      `${folder.path}/pipeline.ts: datasets lacks "${unlisted[0]}", which contract.ts exports`,
    );
  }
  return {
    ...folder,
    pipeline,
    exportNames: Object.fromEntries(datasets.map(([name, dataset]) => [dataset.name, name])),
  };
}

/** @returns the names of the files of a folder that end so, sorted; none when there is no such folder */
export function fileNames(folder: string, ending: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => entry.name)
    .sort();
}

/** @returns the names of the folders within, sorted; none when there is no such folder */
export function folderNames(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== "node_modules")
    .map((entry) => entry.name)
    .sort();
}

function isDataset(value: unknown): value is Dataset {
  return typeof value === "object" && value !== null && "primaryKey" in value && "columns" in value;
}
