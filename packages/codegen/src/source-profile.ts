/** Source profiles: how the files of one source look, and the SQL that makes rows of them. */

import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Dataset } from "@penstock/contracts/dataset.ts";
import { ContractError } from "@penstock/contracts/errors.ts";
import { columnSources } from "./column-sources.ts";
import { fileNames, folderNames, type LoadedPipeline } from "./pipeline-folder.ts";
import { type ProfileSettings, readHeader, readSettings } from "./profile-settings.ts";

export interface SourceProfile extends ProfileSettings {
  /** The folder's name: `workplace`. */
  readonly name: string;
  /** The raw columns, as the files write them. */
  readonly header: readonly string[];
  /** The Spark SQL over `raw`, by dataset. */
  readonly sql: Readonly<Record<string, string>>;
  /** For each dataset and column, the raw columns that it is computed from. */
  readonly sources: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

/** @throws ContractError when a profile names a dataset or column that isn't there, or lacks one */
export function sourceProfiles(root: string, { path, pipeline }: LoadedPipeline): readonly SourceProfile[] {
  return folderNames(join(root, path, "sources")).map((name) =>
    sourceProfile(root, `${path}/sources/${name}`, name, pipeline.datasets),
  );
}

function sourceProfile(
  root: string,
  path: string,
  name: string,
  datasets: readonly Dataset[],
): SourceProfile {
  const header = readHeader(readFileSync(join(root, path, "header.txt"), "utf8"));
  const queries = fileNames(join(root, path), ".sql").map((file) => {
    const found = basename(file, ".sql");
    const dataset = datasets.find((one) => one.name === found);
    if (dataset === undefined) {
      const known = datasets.map((one) => one.name);
      throw new ContractError({ file: `${path}/${file}`, problem: "unknown dataset", found, known });
    }
    return { dataset, file: `${path}/${file}`, sql: readFileSync(join(root, path, file), "utf8").trim() };
  });
  if (queries.length === 0) {
    throw new ContractError({
      file: path,
      problem: "a profile without SQL",
      expected: "<dataset>.sql beside header.txt",
    });
  }
  return {
    name,
    header,
    sql: Object.fromEntries(queries.map(({ dataset, sql }) => [dataset.name, sql])),
    sources: Object.fromEntries(
      queries.map((query) => [query.dataset.name, columnSources({ ...query, header })]),
    ),
    ...readSettings(root, `${path}/profile.json`),
  };
}
