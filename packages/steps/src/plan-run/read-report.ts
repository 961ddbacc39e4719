/** Reads what the job reports, and believes it only if it adds up. */

import type { Run } from "@penstock/lake/ledger-entries.ts";
import { type Objects, readJson } from "@penstock/lake/objects.ts";
import type { DatasetCounts, Report, ReportedFile, Validation } from "@penstock/lake/report.ts";
import { reportKey, validationKey } from "@penstock/lake/zones.ts";

/** A report that contradicts itself, or the run. */
export class BadReport extends Error {
  override readonly name = "BadReport";
}

/** The files that validate left out, so that no job has seen them. @throws ObjectMissing */
export async function readRejected(
  { run_id }: Run,
  pipeline: string,
  objects: Objects,
): Promise<readonly ReportedFile[]> {
  return ((await readJson(objects, validationKey(pipeline, run_id))) as Validation).rejected;
}

/**
 * @param rejected the files that the job was not given; the report is returned with them
 * @throws BadReport, ObjectMissing
 */
export async function readReport(
  run: Run,
  pipeline: string,
  objects: Objects,
  rejected: readonly ReportedFile[],
): Promise<Report> {
  const key = reportKey(pipeline, run.run_id);
  const report = (await readJson(objects, key)) as Report;
  const wrong = (problem: string) => new BadReport(`${objects.url(key)}: ${problem}`);

  if (report.run_id !== run.run_id) throw wrong(`it is of run ${report.run_id}`);
  if (report.outcome !== "published" && report.outcome !== "gate_failed") {
    throw wrong(`outcome: found ${JSON.stringify(report.outcome)}, expected published or gate_failed`);
  }
  for (const [dataset, counts] of Object.entries(report.datasets)) {
    const problem = imbalance(counts);
    if (problem !== null) throw wrong(`${dataset}: ${problem}`);
  }
  const told = new Set(report.files.map((file) => file.key));
  const files = [...report.files, ...rejected.filter((file) => !told.has(file.key))];
  const all = new Set(files.map((file) => file.key));
  const untold = run.files.find((file) => !all.has(file.key));
  if (untold !== undefined) throw wrong(`it does not say what became of ${untold.key}`);
  return { ...report, files };
}

/** What a dataset's counts owe; null when nothing is dropped silently. */
function imbalance(counts: DatasetCounts): string | null {
  const { read, accepted, quarantined, duplicates, inserted, updated, unchanged, superseded } = counts;
  const all = { read, accepted, quarantined, duplicates, inserted, updated, unchanged, superseded };
  for (const [name, count] of Object.entries(all)) {
    if (!Number.isSafeInteger(count) || count < 0) return `${name}: found ${count}, expected a count`;
  }
  if (read !== accepted + quarantined + duplicates) {
    return `read ${read} is not accepted ${accepted} + quarantined ${quarantined} + duplicates ${duplicates}`;
  }
  if (accepted !== inserted + updated + unchanged + superseded) {
    return `accepted ${accepted} is not inserted ${inserted} + updated ${updated} + unchanged ${unchanged} + superseded ${superseded}`;
  }
  return null;
}
