/** Which part of a pipeline's folder a command could not load, since the registry of pipelines names it. */

import { join } from "node:path";
import { toolchain } from "@penstock/toolchain/paths.ts";
import { foundFolders } from "@penstock/toolchain/pipeline-folders.ts";

const below = "packages/pipelines";

/** Names the folder and what it lacks; undefined when it is something else that is missing. */
export function missingPart(error: Error): string | undefined {
  const [, name, file] =
    /^Cannot find module '.*\/packages\/pipelines\/([^/']+)\/([^']+)'/.exec(error.message) ?? [];
  if (name === undefined || file === undefined) return undefined;
  const isThere = foundFolders(join(toolchain.repository, below)).some((each) => each.name === name);
  return isThere
    ? `${below}/${name} has no ${file}`
    : `${below}/${name} is gone, and ${below}/registry.ts still names it: run pnpm generate`;
}
