/** The PySpark script of a pipeline's Glue job: its contract and profiles as data, and one call into the runtime. */

import {
  block,
  call,
  dictionary,
  list,
  type Python,
  raw,
  render,
  text,
} from "@penstock/contracts/python-source.ts";
import { pythonDataset } from "@penstock/contracts/targets/python.ts";
import type { GeneratedFile } from "./generated-file.ts";
import type { LoadedPipeline } from "./pipeline-folder.ts";
import type { SourceProfile } from "./source-profile.ts";

export const jobsFolder = "glue-scripts/jobs";

export function jobScriptFile(
  { name, path, pipeline }: LoadedPipeline,
  profiles: readonly SourceProfile[],
): GeneratedFile {
  const { datasets } = pipeline;
  const job = call("Job", [], {
    pipeline: text(name),
    datasets: list(datasets.map((dataset) => raw(dataset.name))),
    profiles: list(profiles.map((profile) => raw(profileVariable(profile)))),
  });
  const words = [
    "Column",
    "Dataset",
    ...(datasets.some(({ foreignKeys }) => foreignKeys.length > 0) ? ["ForeignKey"] : []),
    "Job",
    "Profile",
    ...(datasets.some(({ rows }) => rows.length > 0) ? ["Rule"] : []),
  ];
  return {
    path: `${jobsFolder}/${name.replaceAll("-", "_")}.py`,
    text: [
      `"""${docstring(pipeline.description)}`,
      "",
      "Reads the files of one run, sets aside the rows that break the contract, and publishes the others.",
      "",
      `Generated from ${path}; do not edit.`,
      '"""',
      "",
      `from penstock_runtime.contract import ${words.join(", ")}`,
      "from penstock_runtime.run import run",
      ...datasets.flatMap((dataset) => ["", assignment(dataset.name, pythonDataset(dataset))]),
      ...profiles.flatMap((profile) => ["", assignment(profileVariable(profile), pythonProfile(profile))]),
      "",
      'if __name__ == "__main__":',
      `    ${render(call("run", [job]), 4)}`,
      "",
    ].join("\n"),
  };
}

function pythonProfile({ name, header, sql, sources, multiline, folder, format }: SourceProfile): Python {
  return call("Profile", [], {
    name: text(name),
    header: list(header.map(text)),
    sql: record(sql, block),
    sources: record(sources, (columns) => record(columns, (names) => list(names.map(text)))),
    multiline: multiline ? raw("True") : undefined,
    format: format === "csv" ? undefined : text(format),
    folder: folder === null ? undefined : text(folder),
  });
}

function record<V>(values: Readonly<Record<string, V>>, python: (value: V) => Python): Python {
  return dictionary(Object.fromEntries(Object.entries(values).map(([key, value]) => [key, python(value)])));
}

function assignment(name: string, value: Python): string {
  return `${name} = ${render(value, 0, `${name} = `.length)}`;
}

/** `perth-dmy` → `from_perth_dmy`: a source may be called like a dataset. */
function profileVariable({ name }: SourceProfile): string {
  return `from_${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "_")}`;
}

function docstring(description: string): string {
  return description.replaceAll("\\", "\\\\").replaceAll('"""', '\\"""');
}
