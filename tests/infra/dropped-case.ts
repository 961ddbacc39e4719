/** A file to drop for each pipeline, and what has to become of it: a golden case of its own, worked out by hand. */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { toolchain } from "@penstock/toolchain/paths.ts";
import { fieldsOf } from "../support/csv.ts";

export interface DroppedCase {
  /** The file's name. */
  readonly name: string;
  readonly content: Uint8Array;
  /** What is read, accepted, quarantined and a duplicate, of each dataset. */
  readonly counts: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** A dataset's rows afterwards, each column as text. */
  readonly rows: (dataset: string) => readonly Readonly<Record<string, string>>[];
}

/**
 * The sample of a source profile, one with rows for quarantine when there is one; of a pipeline without samples, any case.
 *
 * @throws Error when there is none
 */
export function droppedCase(pipeline: string): DroppedCase {
  const folder = join(toolchain.repository, "packages/pipelines", pipeline);
  const named = (below: string) =>
    existsSync(join(folder, below)) ? readdirSync(join(folder, below)) : undefined;
  const cases = (named("samples") ?? named("golden") ?? [])
    .map((sample) => join(folder, "golden", sample.replace(/\..*$/, "")))
    .filter((path) => isOfOneFile(path))
    .map(caseIn);
  const found = cases.find(({ counts }) => sum(counts, "quarantined") > 0) ?? cases[0];
  if (found === undefined) throw new Error(`no golden case of ${pipeline} is one of one file`);
  return found;
}

const isOfOneFile = (path: string): boolean =>
  existsSync(join(path, "expected/counts.json")) && readdirSync(join(path, "input")).length === 1;

function caseIn(path: string): DroppedCase {
  const [name = ""] = readdirSync(join(path, "input"));
  const { files: _, ...counts } = JSON.parse(readFileSync(join(path, "expected/counts.json"), "utf8"));
  return {
    name,
    content: readFileSync(join(path, "input", name)),
    counts,
    rows: (dataset) => {
      const expected = join(path, "expected", `${dataset}.csv`);
      const [header = [], ...rows] = existsSync(expected) ? fieldsOf(readFileSync(expected, "utf8")) : [];
      return rows.map((fields) => Object.fromEntries(header.map((column, at) => [column, fields[at] ?? ""])));
    },
  };
}

/** Of all datasets together. */
export const sum = (counts: DroppedCase["counts"], what: string): number =>
  Object.values(counts).reduce((total, each) => total + (each[what] ?? 0), 0);
