/** That no pipeline's folder is left out of a deploy because it is half made, or was not generated from. */

import { join } from "node:path";
import { foundFolders } from "@penstock/toolchain/pipeline-folders.ts";
import { PipelineFault } from "./check-pipelines.ts";

const below = "packages/pipelines";

/**
 * Looks whether every folder of a repository is whole; the registry can't be loaded while one is not.
 *
 * @throws PipelineFault naming the first that is not
 */
export function checkWhole(repository: string): void {
  for (const { name, lacks } of foundFolders(join(repository, below))) {
    if (lacks.length > 0) throw new PipelineFault(`${below}/${name} has no ${lacks.join(" and no ")}`);
  }
}

/**
 * Compares the folders of a repository with the pipelines that are registered.
 *
 * @throws PipelineFault naming the first folder that is not whole, or not registered
 */
export function checkFolders(repository: string, registered: readonly { readonly name: string }[]): void {
  checkWhole(repository);
  for (const { name } of foundFolders(join(repository, below))) {
    if (!registered.some((each) => each.name === name)) {
      throw new PipelineFault(`${below}/${name} is not in ${below}/registry.ts: run pnpm generate`);
    }
  }
}
