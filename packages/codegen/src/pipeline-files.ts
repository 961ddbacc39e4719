/** What is generated into a pipeline's own folder, beside its queries. */

import type { Format } from "@penstock/contracts/dataset.ts";
import { dqdl } from "@penstock/contracts/targets/dqdl.ts";
import { jsonSchema } from "@penstock/contracts/targets/json-schema.ts";
import { sparkDdl } from "@penstock/contracts/targets/spark-ddl.ts";
import { asl } from "@penstock/workflows/asl.ts";
import { mermaid } from "@penstock/workflows/mermaid.ts";
import { openApi } from "@penstock/workflows/openapi/document.ts";
import { appsOf } from "@penstock/workflows/started-function.ts";
import type { GeneratedFile } from "./generated-file.ts";
import type { LoadedPipeline } from "./pipeline-folder.ts";

/** What differs from one environment to the next; Spark fills these in from its configuration. */
const tables: Readonly<Record<Format, (name: string) => string>> = {
  iceberg: (name) => `\${catalog}.\${database}.${name}`,
  delta: (name) => `delta.\`\${warehouse}${name}\``,
};

export function pipelineFiles({ path, pipeline }: LoadedPipeline): readonly GeneratedFile[] {
  const generated = `${path}/generated`;
  return [
    { path: `${generated}/workflow.asl.json`, text: json(asl(pipeline.workflow)) },
    { path: `${generated}/functions.json`, text: json(appsOf(pipeline)) },
    { path: `${generated}/workflow.mmd`, text: mermaid(pipeline.workflow) },
    ...(pipeline.serves === undefined
      ? []
      : [{ path: `${generated}/openapi.json`, text: json(openApi(pipeline, pipeline.serves)) }]),
    ...pipeline.datasets.flatMap((dataset) => [
      { path: `${generated}/${dataset.name}.schema.json`, text: json(jsonSchema(dataset)) },
      {
        path: `${generated}/${dataset.name}.sql`,
        text: `-- Generated from ${path}/contract.ts; do not edit.\n\n${sparkDdl(dataset, tables[dataset.format](dataset.name))};\n`,
      },
      { path: `${generated}/${dataset.name}.dqdl`, text: dqdl(dataset) },
    ]),
  ];
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
