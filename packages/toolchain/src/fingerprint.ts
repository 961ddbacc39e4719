/** What files are there and when each was last changed, in a few letters: the same while nothing was touched. */

import { createHash } from "node:crypto";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** Folders of what was installed or made; hidden ones count as such, too. */
const made = ["node_modules", "dist", "__pycache__"];

/**
 * The fingerprint of files, and of all that are below folders, by path, time of change and size. What lies in a
 * folder of what was made does not count, unless that folder is named itself. A path where nothing is has no files.
 *
 * @param counts whether a file of this name counts; all do, unless it is told
 */
export function fingerprint(
  paths: readonly string[],
  counts: (name: string) => boolean = () => true,
): string {
  const hash = createHash("sha256");
  for (const root of paths) {
    const found = statSync(root, { throwIfNoEntry: false });
    const files = found?.isDirectory() ? filesBelow(root, counts) : found ? [root] : [];
    for (const path of files) {
      const { mtimeMs, size } = statSync(path);
      hash.update(`${path} ${mtimeMs} ${size}\n`);
    }
  }
  return hash.digest("hex").slice(0, 16);
}

function filesBelow(folder: string, counts: (name: string) => boolean): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (!entry.isDirectory()) return counts(entry.name) ? [path] : [];
      return made.includes(entry.name) || entry.name.startsWith(".") ? [] : filesBelow(path, counts);
    });
}
