import { readdirSync } from "node:fs";

/** The names of the folders in a folder; none when it is not there. */
export function folders(path: string): readonly string[] {
  try {
    return readdirSync(path, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name);
  } catch {
    return [];
  }
}
