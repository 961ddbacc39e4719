/** What lies in packages/pipelines, and whether each of it is whole. */

import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** What every pipeline's folder holds. */
const mandatory = ["pipeline.ts", "contract.ts"] as const;

export interface FoundFolder {
  /** `charging-sessions`. */
  readonly name: string;
  /** Those of `pipeline.ts` and `contract.ts` that are not there. */
  readonly lacks: readonly string[];
}

/**
 * Lists the folders, by name. What a removed pipeline leaves behind, empty or with generated files alone, is none.
 *
 * @param folder the folder of the pipelines' folders
 */
export function foundFolders(folder: string): readonly FoundFolder[] {
  return subfolders(folder)
    .filter((name) => holdsAnything(join(folder, name)))
    .map((name) => ({ name, lacks: mandatory.filter((file) => !existsSync(join(folder, name, file))) }));
}

function subfolders(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && isSomebodys(entry.name))
    .map(({ name }) => name)
    .sort();
}

/** Whether a file lies in it or below, but for what is generated. */
function holdsAnything(folder: string): boolean {
  return readdirSync(folder, { withFileTypes: true }).some(
    (entry) =>
      isSomebodys(entry.name) &&
      entry.name !== "generated" &&
      (!entry.isDirectory() || holdsAnything(join(folder, entry.name))),
  );
}

/** Not what tools put there. */
const isSomebodys = (name: string): boolean =>
  !name.startsWith(".") && !["node_modules", "__pycache__"].includes(name);
