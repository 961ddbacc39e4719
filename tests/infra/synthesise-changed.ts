/**
 * The program behind `synthesiseChanged`: node synthesise-changed.ts FOLDER PIPELINE… < environment.json
 *
 * Prints the folder of the storage stack.
 */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { json } from "node:stream/consumers";
import { jobScriptFile } from "@penstock/codegen/job-script.ts";
import { pipelinesFolder } from "@penstock/codegen/pipeline-folder.ts";
import { sourceProfiles } from "@penstock/codegen/source-profile.ts";
import type { EnvironmentConfig } from "@penstock/infra/config.ts";
import { synthesise } from "@penstock/infra/synthesise.ts";
import { pipelines } from "@penstock/pipelines/registry.ts";
import { toolchain } from "@penstock/toolchain/paths.ts";
import { changedPipelines, withGainedColumn } from "./changed-contract.ts";

const [folder = "", ...names] = process.argv.slice(2);
const environment = (await json(process.stdin)) as EnvironmentConfig;

for (const pipeline of pipelines.filter(({ name }) => names.includes(name))) {
  const { name } = pipeline;
  const loaded = { name, path: `${pipelinesFolder}/${name}`, exportNames: {} };
  // the sources' SQL knows nothing of the column
  const profiles = sourceProfiles(toolchain.repository, { ...loaded, pipeline });
  const { text } = jobScriptFile({ ...loaded, pipeline: withGainedColumn(pipeline) }, profiles);
  writeFileSync(join(folder, `${name}.py`), text);
}
console.log(synthesise(environment, { output: folder, pipelines: changedPipelines(names) }).storage);
