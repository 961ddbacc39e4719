import type { Run } from "@penstock/lake/ledger-entries.ts";
import { pipelines } from "@penstock/pipelines/registry.ts";
import Table from "cli-table3";
import type { Command } from "commander";
import { print, printJson } from "../console.ts";
import { pipelineNamed } from "../pipelines.ts";

/** `penstock runs`: what ran, the newest first. */
export function runsCommand(program: Command): void {
  program
    .command("runs")
    .argument("[pipeline]")
    .description("what ran, the newest first")
    .option("--limit <n>", "how many of each pipeline", "20")
    .option("--json", "one JSON object on the last line of stdout", false)
    .addHelpText(
      "after",
      "\nExamples:\n  pnpm penstock runs\n  pnpm penstock runs charging-sessions --limit 5 --json",
    )
    .action(async (name: string | undefined, options: { limit: string; json: boolean }) => {
      const chosen = name === undefined ? pipelines : [pipelineNamed(name)];
      const { openSession } = await import("../session.ts");
      const session = await openSession();
      const found: (Run & { readonly pipeline: string })[] = [];
      for (const pipeline of chosen) {
        for (const run of await session.ledger(pipeline.name).runs(Number(options.limit))) {
          found.push({ pipeline: pipeline.name, ...run });
        }
      }
      found.sort((a, b) => b.started_at.localeCompare(a.started_at));
      if (options.json) return printJson({ runs: found });
      if (found.length === 0) return print("Nothing has run yet; begin with: pnpm start");
      const head = ["run", "pipeline", "status", "attempt", "files", "accepted", "quarantined", "why"];
      const table = new Table({ head, style: { head: [], border: [] } });
      const total = (run: (typeof found)[number], count: "accepted" | "quarantined") =>
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
      print(table.toString());
    });
}
