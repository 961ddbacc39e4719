/** What was broken on purpose in a generated file, written beside it, so that a run can be checked against it. */

import { rmSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import type { BrokenRow, FaultRates } from "@penstock/sampling/sample-file.ts";

/** The content of `<file>.faults.json`. */
export interface Sidecar {
  /** The name of the file that it is about. */
  readonly file: string;
  readonly seed: number;
  readonly faults: FaultRates;
  /** What a run of the sample's files together counts of this one: `read = accepted + quarantined + duplicates`. */
  readonly datasets: Readonly<Record<string, ExpectedCounts>>;
  /** By line. One of the two lines of a duplicate stays: the one that the contract calls newer, else the later. */
  readonly broken: readonly ExpectedRow[];
}

export interface ExpectedCounts {
  readonly read: number;
  readonly accepted: number;
  readonly quarantined: number;
  readonly duplicates: number;
  /** By reason; a row counts for each of its reasons. */
  readonly reasons: Readonly<Record<string, number>>;
}

export interface ExpectedRow {
  readonly line: number;
  readonly fault: string;
  /** Its reasons in quarantine. */
  readonly expected: readonly string[] | "duplicate";
  /** Of a duplicate: the earlier line with the same key. */
  readonly of?: number;
}

/** Writes the sidecar of a file; without faults takes away one that an earlier file of this name left. */
export function writeSidecar(
  path: string,
  options: { readonly seed: number; readonly faults: FaultRates },
  written: { readonly dataset: string; readonly rows: number; readonly broken: readonly BrokenRow[] },
): void {
  if (Object.values(options.faults).every((rate) => rate === 0)) {
    rmSync(sidecarOf(path), { force: true });
    return;
  }
  const { dataset, rows, broken } = written;
  const sidecar: Sidecar = {
    file: basename(path),
    seed: options.seed,
    faults: options.faults,
    datasets: { [dataset]: expectedCounts(rows, broken) },
    broken: broken.map(({ line, fault, reasons, duplicateOf }) =>
      duplicateOf === undefined
        ? { line, fault, expected: reasons }
        : { line, fault, expected: "duplicate", of: duplicateOf },
    ),
  };
  writeFileSync(sidecarOf(path), `${JSON.stringify(sidecar, null, 1)}\n`);
}

/** What a sidecar's name ends in; a glob of `run --input` passes over it. */
export const sidecarEnding = ".faults.json";

/** Where the sidecar of a file is. */
export const sidecarOf = (path: string): string => path + sidecarEnding;

function expectedCounts(rows: number, broken: readonly BrokenRow[]): ExpectedCounts {
  const duplicates = broken.filter((row) => row.duplicateOf !== undefined).length;
  const quarantined = broken.length - duplicates;
  const reasons: Record<string, number> = {};
  for (const row of broken) {
    for (const reason of row.reasons) reasons[reason] = (reasons[reason] ?? 0) + 1;
  }
  return { read: rows, accepted: rows - quarantined - duplicates, quarantined, duplicates, reasons };
}
