/** Source profiles: how the files of one source look, and the SQL that makes rows of them. */

import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Dataset } from "@penstock/contracts/dataset.ts";
import { ContractError } from "@penstock/contracts/errors.ts";
import { columnSources } from "./column-sources.ts";
import { fileNames, folderNames, type LoadedPipeline } from "./pipeline-folder.ts";

export interface SourceProfile {
  /** The folder's name: `workplace`. */
  readonly name: string;
  /** The raw columns, as the files write them. */
  readonly header: readonly string[];
  /** The Spark SQL over `raw`, by dataset. */
  readonly sql: Readonly<Record<string, string>>;
  /** For each dataset and column, the raw columns that it is computed from. */
  readonly sources: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  /** Whether a quoted field may hold line breaks: profile.json says so. A broken quote then rejects the file. */
  readonly multiline: boolean;
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

/** @returns what profile.json says, which may be missing: `{ "multiline": true }` */
function readSettings(root: string, file: string): Pick<SourceProfile, "multiline"> {
  if (!existsSync(join(root, file))) return { multiline: false };
  const text = readFileSync(join(root, file), "utf8").trim();
  let settings: unknown;
  try {
    settings = JSON.parse(text);
  } catch {
    settings = undefined;
  }
  if (typeof settings !== "object" || settings === null) {
    throw new ContractError({ file, problem: "no settings", found: text, expected: '{ "multiline": true }' });
  }
  const known = ["multiline"];
  const unknown = Object.keys(settings).find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new ContractError({ file, problem: "unknown setting", found: unknown, known });
  }
  const { multiline = false } = settings as { readonly multiline?: unknown };
  if (typeof multiline !== "boolean") {
    const found = JSON.stringify(multiline);
    throw new ContractError({ file, problem: "multiline", found, expected: "true or false" });
  }
  return { multiline };
}

/** The header is one line of CSV, as in the files, or one column a line. */
export function readHeader(text: string): readonly string[] {
  const lines = text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .filter((line) => line !== "");
  if (lines.length !== 1) return lines;
  return [...(lines[0] ?? "").matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? "",
  );
}
