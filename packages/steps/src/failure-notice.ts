import type { Run } from "@penstock/lake/ledger-entries.ts";
import { adviceFor } from "./advice.ts";
import { command, counted, headLines, type Notice, type NoticeFacts, subjectLine } from "./notice.ts";
import { datasetLines, figures, overdue, quarantined, rejectedLines, waitingLines } from "./run-lines.ts";

/**
 * What is told of a failure: what broke, what state the tables are in, what becomes of the files, what to type next.
 *
 * @param run the run that failed; null when it failed outside of one
 * @param waiting how many files wait besides those of the run
 * @param back the run that published before it; null when there was none
 */
export function failureNotice(
  run: Run | null,
  failure: { readonly error: string; readonly cause: string },
  waiting: number,
  back: string | null,
  facts: NoticeFacts,
): Notice {
  const { pipeline, environment } = facts;
  const error = run?.error ?? failure.error;
  const cause = run?.cause ?? failure.cause;
  return {
    subject: subjectLine(facts, `FAILED, ${whatBroke(error)}`),
    message: [
      ...headLines(run, "failed", facts),
      "",
      `${error}:`,
      cause,
      "",
      ...adviceFor(`${error}: ${cause}`, environment),
      ...consequence(run, error),
      ...(waiting === 0
        ? []
        : [`${counted(waiting, "file")} wait${waiting === 1 ? "s" : ""} for the next run.`]),
      ...(run === null ? [] : [...datasetLines(run), ...waitingLines(run), ...rejectedLines(run)]),
      "",
      "Next:",
      ...nextCommands(run, error, back, facts).map((line) => `  ${line}`),
      "",
    ].join("\n"),
    attributes: {
      pipeline,
      environment,
      status: "FAILED",
      ...(run === null
        ? { run_id: "none", accepted: "0", quarantined: "0", rejected_files: "0" }
        : figures(run)),
    },
  };
}

function whatBroke(error: string): string {
  switch (error) {
    case "GateFailed":
      return "a gate is broken";
    case "SanityCheckFailed":
      return "a sanity query finds rows";
    case "States.Timeout":
      return "it took too long";
    case "States.TaskFailed":
      return "a job or a query broke";
    default:
      return error;
  }
}

function consequence(run: Run | null, error: string): string[] {
  if (run === null) return ["Nothing was changed."];
  if (error === "GateFailed") return [...leftRows(run), held];
  if (error === "SanityCheckFailed") {
    return ["The tables hold this run's rows;", "the lookups keep their old figures.", held];
  }
  return run.resumable
    ? ["The next run goes on where this one stopped;", "no file is lost."]
    : ["It was tried often enough.", held];
}

const held = "Its files are held until they are asked for again.";

/** Where a gate that failed left the rows, to be queried: on a branch, or else among the cleaned rows alone. */
function leftRows(run: Run): string[] {
  const datasets = Object.entries(run.datasets);
  const branches = datasets.flatMap(([dataset, { branch, snapshot_id }]) =>
    branch == null ? [] : [`  ${dataset}: ${branch}`, `    FOR VERSION AS OF ${snapshot_id}`],
  );
  const cleaned = datasets.flatMap(([dataset, { branch, inserted, updated }]) =>
    branch != null || inserted + updated === 0
      ? []
      : [`  ${dataset}_cleaned`, `    WHERE run = '${run.run_id}'`],
  );
  return [
    ...(branches.length === 0 ? [] : ["What would have been is on the branches", ...branches]),
    ...(cleaned.length === 0 ? [] : ["What would have been is in", ...cleaned]),
  ];
}

function nextCommands(run: Run | null, error: string, back: string | null, facts: NoticeFacts): string[] {
  if (run === null) return [command(facts, `run ${facts.pipeline}`)];
  const look = error === "GateFailed" ? quarantined(run).map((dataset) => `quarantine ${dataset}`) : [];
  if (error === "SanityCheckFailed") {
    for (const [dataset, { accepted }] of Object.entries(run.datasets)) {
      if (accepted > 0) look.push(`rollback ${dataset} --to ${back ?? "none"}`);
    }
  }
  look.push(...overdue(run).map((dataset) => `quarantine ${dataset} --reason orphan`));
  const go = run.resumable ? `run ${facts.pipeline}` : `run ${facts.pipeline} --again`;
  return [`logs ${run.run_id}`, ...look, go].map((words) => command(facts, words));
}
