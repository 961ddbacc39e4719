/**
 * `pnpm bad-inputs`: how many inputs are tried in the golden folders of the pipelines, and in the cases that `validate`
 * and the job share, into docs/reliability-figures.md. Counted from the files and from what is expected of them.
 */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { toolchain } from "@penstock/toolchain/paths.ts";
import { writeFigures } from "./figures.ts";

const pipelines = join(toolchain.repository, "packages/pipelines");
const folders = readdirSync(pipelines)
  .map((name) => join(pipelines, name, "golden"))
  .filter((golden) => existsSync(golden))
  .flatMap((golden) => readdirSync(golden).map((name) => join(golden, name)))
  .filter((folder) => existsSync(join(folder, "input")));
const expected = folders.map((folder) => read(join(folder, "expected/counts.json")));

const shared = read(join(toolchain.repository, "glue-scripts/tests/arrival_cases.json")) as {
  readonly cases: readonly { readonly status: "accepted" | "rejected" }[];
};

writeFigures("Bad inputs", {
  "golden folders": folders.length,
  "their input files": sum(folders.map((folder) => filesBelow(join(folder, "input")))),
  "of them rejected as a whole": sum(expected.map(rejectedFiles)),
  "rows of the others that are set aside": sum(expected.map(rowsSetAside)),
  "files of `arrival_cases.json`": shared.cases.length,
  "of them rejected": shared.cases.filter(({ status }) => status === "rejected").length,
  "not counted":
    "the cases of `glue-scripts/tests/test_*.py`, the sizes of `pnpm large-files`, generated faults",
});

function read(path: string): unknown {
  return JSON.parse(readFileSync(path, "utf8"));
}

function filesBelow(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    .length;
}

/** What is expected of each file is a text: `accepted`, or `rejected: …`. */
function rejectedFiles(counts: unknown): number {
  if (typeof counts === "string") return counts.startsWith("rejected") ? 1 : 0;
  return typeof counts === "object" && counts !== null ? sum(Object.values(counts).map(rejectedFiles)) : 0;
}

/** Of every dataset, and of every run where a case has several. */
function rowsSetAside(counts: unknown): number {
  if (typeof counts !== "object" || counts === null) return 0;
  return sum(
    Object.entries(counts).map(([name, value]) =>
      name === "quarantined" && typeof value === "number" ? value : rowsSetAside(value),
    ),
  );
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
