import type { Run } from "@penstock/lake/ledger-entries.ts";
import {
  command,
  counted,
  grouped,
  headLines,
  type Notice,
  type NoticeFacts,
  subjectLine,
  workLine,
} from "./notice.ts";
import { datasetLines, figures, overdue, quarantined, rejectedLines, waitingLines } from "./run-lines.ts";

/** What is told of a run that came to its end: how much, what was set aside and why, what to type next. */
export function successNotice(run: Run, facts: NoticeFacts): Notice {
  const { pipeline, environment } = facts;
  const told = figures(run);
  const aside = [
    told.quarantined === "0" ? [] : [`${grouped(Number(told.quarantined))} quarantined`],
    told.rejected_files === "0" ? [] : [`${counted(Number(told.rejected_files), "file")} rejected`],
  ].flat();
  return {
    subject: subjectLine(facts, [whatWasDone(run, Number(told.accepted)), ...aside].join(", ")),
    message: [
      ...headLines(run, "succeeded", facts),
      ...datasetLines(run),
      ...waitingLines(run),
      ...rejectedLines(run),
      "",
      ...next(run, facts),
      "",
    ].join("\n"),
    attributes: { pipeline, environment, status: "SUCCEEDED", ...told },
  };
}

function whatWasDone(run: Run, accepted: number): string {
  const isLoad = run.work.kind === "load" || run.work.kind === "redrive";
  return isLoad ? `${counted(accepted, "row")} in` : workLine(run);
}

function next(run: Run, facts: NoticeFacts): string[] {
  const typed = (words: string): string => `  ${command(facts, words)}`;
  const aside = [
    ...quarantined(run).map((dataset) => typed(`quarantine ${dataset}`)),
    ...overdue(run).map((dataset) => typed(`quarantine ${dataset} --reason orphan`)),
  ];
  const rejected = run.outcomes.some((file) => file.status === "rejected");
  if (rejected) {
    return [
      ...(aside.length === 0 ? [] : ["Next:", ...aside]),
      "Drop the rejected again, mended; or add their",
      "format to the pipeline's sources, then:",
      typed(`run ${facts.pipeline} --again`),
    ];
  }
  if (aside.length > 0) return ["Next:", ...aside];
  if (run.work.kind === "rollback") {
    return ["To take what was undone in again:", typed(`run ${facts.pipeline} --again`)];
  }
  const [dataset] = Object.keys(run.datasets);
  return ["Next:", typed(dataset === undefined ? "status" : `sql "SELECT count(*) FROM ${dataset}"`)];
}
