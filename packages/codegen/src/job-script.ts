/** The PySpark script of a pipeline's Glue job: its contract and profiles as data, and one call into the runtime. */

import {
  block,
  call,
  dictionary,
  list,
  type Python,
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
  const datasets = pipeline.datasets.map((dataset) => ({ constant: constant(dataset.name), dataset }));
  const job = call("Job", [], {
    pipeline: text(name),
    datasets: list(datasets.map((one) => ({ kind: "raw", text: one.constant }))),
    profiles: list(profiles.map((profile) => ({ kind: "raw", text: constant(profile.name) }))),
  });
  return {
    path: `${jobsFolder}/${name.replaceAll("-", "_")}.py`,
    text: [
      `"""${docstring(pipeline.description)}`,
      "",
      `Generated from ${path}; do not edit.`,
      '"""',
      "",
      "from penstock_runtime.contract import Column, Dataset, Profile",
      "from penstock_runtime.job import Job, run",
      ...datasets.flatMap(({ constant, dataset }) => ["", assignment(constant, pythonDataset(dataset))]),
      ...profiles.flatMap((profile) => ["", assignment(constant(profile.name), pythonProfile(profile))]),
      "",
      'if __name__ == "__main__":',
      `    run(${render(job, 4, "run(".length, 1)})`,
      "",
    ].join("\n"),
  };
}

function pythonProfile({ name, header, sql, sources }: SourceProfile): Python {
  return call("Profile", [], {
    name: text(name),
    header: list(header.map(text)),
    sql: record(sql, block),
    sources: record(sources, (columns) => record(columns, (raw) => list(raw.map(text)))),
  });
}

function record<V>(values: Readonly<Record<string, V>>, python: (value: V) => Python): Python {
  return dictionary(Object.fromEntries(Object.entries(values).map(([key, value]) => [key, python(value)])));
}

function assignment(name: string, value: Python): string {
  return `${name} = ${render(value, 0, `${name} = `.length)}`;
}

/** `perth-dmy` → `PERTH_DMY`. */
function constant(name: string): string {
  return name
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]+/g, "_")
    .replace(/^(\d)/, "_$1");
}

function docstring(description: string): string {
  return description.replaceAll("\\", "\\\\").replaceAll('"""', '\\"""');
}
