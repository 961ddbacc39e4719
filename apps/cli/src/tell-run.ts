import { adviceFor } from "@penstock/steps/advice.ts";
import type { Pipeline } from "@penstock/workflows/pipeline.ts";
import Table from "cli-table3";
import { colours, say } from "./console.ts";
import type { RunResult } from "./run-pipeline.ts";
import type { Tables } from "./session/session.ts";
import { typedCommand } from "./session/typed-command.ts";

const number = (value: number): string => value.toLocaleString("en-GB");

/** Says on stderr what a run did: counts by dataset, why rows were set aside, which files were rejected. */
export function tellRun(at: Pick<Tables, "environment">, pipeline: Pipeline, result: RunResult): void {
  if (result.run_id === null) {
    for (const { key, status, run_id, reason } of result.left)
      say(`  ${colours.yellow(status.replace("_", " "))} ${key}: ${reason ?? `by run ${run_id}`}`);
    if (result.left.length > 0) say("  Nothing was loaded; --again takes these files once more.");
    else if (result.status === "SUCCEEDED") {
      say("  Nothing to do: no file waits (--again takes what was held, rejected or rolled back).");
    }
    return;
  }
  const heads = [
    "dataset",
    "read",
    "accepted",
    "quarantined",
    "duplicates",
    "inserted",
    "updated",
    "unchanged",
    "superseded",
  ];
  const table = new Table({
    head: heads,
    colAligns: heads.map((_, index) => (index === 0 ? "left" : "right")),
    style: { head: [], border: [] },
  });
  for (const [name, counts] of Object.entries(result.datasets)) {
    table.push([name, ...heads.slice(1).map((head) => number(counts[head as keyof typeof counts]))]);
  }
  say(table.toString());
  for (const [dataset, reasons] of Object.entries(result.reasons)) {
    for (const [reason, count] of Object.entries(reasons).sort(([, a], [, b]) => b - a)) {
      say(`  ${colours.yellow(number(count))} quarantined from ${dataset}: ${reason}`);
    }
  }
  for (const [dataset, count] of Object.entries(result.waiting)) {
    say(`  ${colours.yellow(number(count))} of ${dataset} wait for the rows they refer to`);
  }
  for (const [dataset, count] of Object.entries(result.overdue)) {
    const look = typedCommand(at, `quarantine ${dataset} --reason orphan`);
    say(`  ${colours.yellow(number(count))} of ${dataset} waited too long: ${look}`);
  }
  for (const file of result.files) {
    if (file.status === "rejected") say(`  ${colours.red("rejected")} ${file.key}: ${file.reason ?? ""}`);
  }
  const quarantined = Object.entries(result.datasets).find(([, counts]) => counts.quarantined > 0);
  const status = result.status === "SUCCEEDED" ? colours.green(result.status) : colours.red(result.status);
  const runs = `${result.runs.length === 1 ? "run" : "runs"} ${result.runs.join(", ")}`;
  say(`  ${status} ${runs} of ${pipeline.name} in ${result.seconds.toFixed(1)} s`);
  if (result.status === "SUCCEEDED") {
    if (result.files.some((file) => file.status === "rejected")) {
      const again = typedCommand(at, `run ${pipeline.name} --again`);
      say(`  Give the rejected again, mended; or add their format to the pipeline's sources, then: ${again}`);
    }
    return;
  }
  say(`  ${result.error ?? ""}`);
  const advice = adviceFor(result.error ?? "", at.environment.name);
  if (advice.length > 0) say(`  ${advice.join(" ")}`);
  for (const run_id of result.runs) {
    say(`  See what broke: ${typedCommand(at, `logs ${run_id} --errors`)}`);
    if (quarantined)
      say(`  See the rows: ${typedCommand(at, `quarantine ${quarantined[0]} --run ${run_id}`)}`);
  }
}
