/** Generated files that nothing generates any more, such as those of a pipeline that was removed. */

import { join } from "node:path";
import { readText } from "./generated-file.ts";
import { jobsFolder } from "./job-script.ts";
import { fileNames, folderNames, pipelinesFolder } from "./pipeline-folder.ts";
import { typesFolder } from "./row-types.ts";

/** @returns their paths, given those that are generated now */
export function leftOver(root: string, current: ReadonlySet<string>): readonly string[] {
  const generated = folderNames(join(root, pipelinesFolder)).map(
    (name) => `${pipelinesFolder}/${name}/generated`,
  );
  return [
    ...generated.flatMap((folder) => fileNames(join(root, folder), "").map((name) => `${folder}/${name}`)),
    ...fileNames(join(root, typesFolder), ".ts").map((name) => `${typesFolder}/${name}`),
    // Beside the generated jobs there may be one written by hand.
    ...fileNames(join(root, jobsFolder), ".py")
      .map((name) => `${jobsFolder}/${name}`)
      .filter((path) => readText(join(root, path))?.includes(`Generated from ${pipelinesFolder}/`)),
  ].filter((path) => !current.has(path));
}
