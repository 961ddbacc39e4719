/** What a run did, in lines that success and failure share. */

import type { Run } from "@penstock/lake/ledger-entries.ts";
import { counted, grouped, type Notice, shortList } from "./notice.ts";

/** Per dataset: what was read and what became of it, with the reasons for what was set aside. */
export function datasetLines(run: Run): string[] {
  const touched = Object.entries(run.datasets).filter(([, counts]) => counts.read > 0);
  if (touched.length === 0) return run.work.kind === "load" ? ["", "No row was read."] : [];
  return touched.flatMap(([dataset, counts]) => {
    const reasons = Object.entries(run.reasons[dataset] ?? {}).sort(([, a], [, b]) => b - a);
    return [
      "",
      `${dataset}: ${grouped(counts.read)} read, ${grouped(counts.accepted)} accepted`,
      ...nonZero([
        [counts.inserted, "new"],
        [counts.updated, "changed"],
        [counts.unchanged, "unchanged"],
        [counts.superseded, "older than what is there"],
      ]),
      ...nonZero([
        [counts.quarantined, "quarantined"],
        [counts.duplicates, counts.duplicates === 1 ? "duplicate" : "duplicates"],
      ]),
      ...shortList(reasons.map(([reason, count]) => `    ${grouped(count)} x ${reason}`)),
    ];
  });
}

/** The datasets whose rows wait for what they refer to, and those that have waited too long. */
export function waitingLines(run: Run): string[] {
  const lines = Object.entries(run.datasets).flatMap(([dataset, { waiting = 0, overdue = 0 }]) => [
    ...(waiting === 0 ? [] : [`  ${counted(waiting, "row")} of ${dataset}`]),
    ...(overdue === 0 ? [] : [`    ${grouped(overdue)} of them for too long`]),
  ]);
  return lines.length === 0 ? [] : ["", "Waiting for the rows they refer to:", ...lines];
}

/** The datasets of which rows have waited too long. */
export function overdue(run: Run): string[] {
  return Object.entries(run.datasets).flatMap(([dataset, counts]) =>
    (counts.overdue ?? 0) > 0 ? [dataset] : [],
  );
}

/** The counts that are not zero, in one line; none when all are. */
function nonZero(counts: readonly (readonly [number, string])[]): string[] {
  const said = counts.flatMap(([count, what]) => (count === 0 ? [] : [`${grouped(count)} ${what}`]));
  return said.length === 0 ? [] : [`  ${said.join(", ")}`];
}

/** The files that no run can read, with the reasons. */
export function rejectedLines(run: Run): string[] {
  const rejected = run.outcomes.filter((file) => file.status === "rejected");
  if (rejected.length === 0) return [];
  return [
    "",
    `${counted(rejected.length, "file")} rejected:`,
    ...shortList(rejected.map((file) => `  ${file.key}:\n    ${file.reason ?? "no reason given"}`)),
  ];
}

/** The datasets that have rows in quarantine from this run. */
export function quarantined(run: Run): string[] {
  return Object.entries(run.datasets).flatMap(([dataset, counts]) =>
    counts.quarantined > 0 ? [dataset] : [],
  );
}

/** The figures of a run for a notice's attributes. */
export function figures(
  run: Run,
): Pick<Notice["attributes"], "run_id" | "accepted" | "quarantined" | "rejected_files"> {
  const total = (field: "accepted" | "quarantined"): string =>
    String(Object.values(run.datasets).reduce((sum, counts) => sum + counts[field], 0));
  return {
    run_id: run.run_id,
    accepted: total("accepted"),
    quarantined: total("quarantined"),
    rejected_files: String(run.outcomes.filter((file) => file.status === "rejected").length),
  };
}
