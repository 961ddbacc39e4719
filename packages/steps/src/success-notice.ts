import type { Run } from "@penstock/lake/ledger-entries.ts";
import { command, counted, grouped, type Notice, type NoticeFacts, subjectLine } from "./notice.ts";
import { datasetLines, figures, quarantined, rejectedLines } from "./run-lines.ts";

/** What is told of a run that came to its end: how much, what was set aside and why, what to type next. */
export function successNotice(run: Run, facts: NoticeFacts): Notice {
  const { pipeline, environment } = facts;
  const told = figures(run);
  const aside = [
    told.quarantined === "0" ? [] : [`${grouped(Number(told.quarantined))} quarantined`],
    told.rejected_files === "0" ? [] : [`${counted(Number(told.rejected_files), "file")} rejected`],
  ].flat();
  return {
    subject: subjectLine(facts, [`${counted(Number(told.accepted), "row")} in`, ...aside].join(", ")),
    message: [
      `Run ${run.run_id} of ${pipeline} (${environment}) succeeded: ${counted(run.files.length, "file")}.`,
      ...datasetLines(run),
      ...rejectedLines(run),
      "",
      "Next:",
      ...nextCommands(run, facts).map((line) => `  ${line}`),
      "",
    ].join("\n"),
    attributes: { pipeline, environment, status: "SUCCEEDED", ...told },
  };
}

function nextCommands(run: Run, facts: NoticeFacts): string[] {
  const aside = quarantined(run).map((dataset) => command(facts, `quarantine ${dataset}`));
  const rejected = run.outcomes.some((file) => file.status === "rejected");
  if (rejected) aside.push(command(facts, `status ${facts.pipeline}`));
  if (aside.length > 0) return aside;
  const [dataset] = Object.keys(run.datasets);
  return [command(facts, dataset === undefined ? "status" : `sql "SELECT count(*) FROM ${dataset}"`)];
}
