import type { Run } from "@penstock/lake/ledger-entries.ts";
import Table from "cli-table3";
import type { Command } from "commander";
import { print, printJson } from "../console.ts";
import { pipelineNamed } from "../pipelines.ts";
import { envOption } from "../session/env-option.ts";
import { withSession } from "../session/session.ts";
import { wholeNumber } from "../whole-number.ts";

interface Options {
  readonly limit: string;
  readonly env?: string;
  readonly json: boolean;
}

/** `penstock runs`: what ran, the newest first. */
export function runsCommand(program: Command): void {
  program
    .command("runs")
    .argument("[pipeline]")
    .description("what ran, the newest first")
    .option("--limit <n>", "how many of each pipeline", "20")
    .addOption(envOption())
    .option("--json", "one JSON object on the last line of stdout", false)
    .addHelpText(
      "after",
      "\nExamples:\n  pnpm penstock runs\n  pnpm penstock runs charging-sessions --limit 5 --json",
    )
    .action(async (name: string | undefined, options: Options) => {
      const limit = wholeNumber("--limit", options.limit, 1);
      const about = name === undefined ? {} : { pipeline: pipelineNamed(name) };
      await withSession({ env: options.env, ...about }, async (session) => {
        const found: Found[] = [];
        for (const pipeline of about.pipeline === undefined ? session.pipelines : [about.pipeline]) {
          for (const run of await session.ledger(pipeline.name).runs(limit)) {
            found.push({ pipeline: pipeline.name, ...run });
          }
        }
        found.sort((a, b) => b.started_at.localeCompare(a.started_at));
        if (options.json) printJson({ runs: found });
        else if (found.length === 0) print(`Nothing has run yet; begin with: ${session.firstCommand}`);
        else print(tableOf(found));
      });
    });
}

type Found = Run & { readonly pipeline: string };

function tableOf(found: readonly Found[]): string {
  const head = ["run", "pipeline", "status", "attempt", "files", "accepted", "quarantined", "why"];
  const table = new Table({ head, style: { head: [], border: [] } });
  const total = (run: Found, count: "accepted" | "quarantined") =>
    Object.values(run.datasets).reduce((sum, counts) => sum + counts[count], 0);
  for (const run of found) {
    const why = run.error === null ? "" : `${run.error}: ${run.cause ?? ""}`.slice(0, 80);
    table.push([
      run.run_id,
      run.pipeline,
      run.status,
      run.attempt,
      run.files.length,
      total(run, "accepted"),
      total(run, "quarantined"),
      why,
    ]);
  }
  return table.toString();
}
