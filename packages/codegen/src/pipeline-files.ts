/** What is generated into a pipeline's own folder, beside its queries. */

import { dqdl } from "@penstock/contracts/targets/dqdl.ts";
import { jsonSchema } from "@penstock/contracts/targets/json-schema.ts";
import { sparkDdl } from "@penstock/contracts/targets/spark-ddl.ts";
import { asl } from "@penstock/workflows/asl.ts";
import { mermaid } from "@penstock/workflows/mermaid.ts";
import type { GeneratedFile } from "./generated-file.ts";
import type { LoadedPipeline } from "./pipeline-folder.ts";

/** The database differs from one environment to the next; Spark fills these in from its configuration. */
const place = { catalog: "${catalog}", database: "${database}" } as const;

export function pipelineFiles({ path, pipeline }: LoadedPipeline): readonly GeneratedFile[] {
  const generated = `${path}/generated`;
  return [
    { path: `${generated}/workflow.asl.json`, text: json(asl(pipeline.workflow)) },
    { path: `${generated}/workflow.mmd`, text: mermaid(pipeline.workflow) },
    ...pipeline.datasets.flatMap((dataset) => [
      { path: `${generated}/${dataset.name}.schema.json`, text: json(jsonSchema(dataset)) },
      {
        path: `${generated}/${dataset.name}.sql`,
        text: `-- Generated from ${path}/contract.ts; do not edit.\n\n${sparkDdl(dataset, place)};\n`,
      },
      { path: `${generated}/${dataset.name}.dqdl`, text: dqdl(dataset) },
    ]),
  ];
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
