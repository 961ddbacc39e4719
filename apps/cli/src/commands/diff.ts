import type { Run } from "@penstock/lake/ledger-entries.ts";
import type { Command } from "commander";
import { print, printJson } from "../console.ts";
import { Failure, WrongUsage } from "../failure.ts";
import { envOption } from "../session/env-option.ts";
import { withSession } from "../session/session.ts";
import { wholeNumber } from "../whole-number.ts";

interface Options {
  readonly limit: string;
  readonly env?: string;
  readonly json: boolean;
}

/** `penstock diff`: what differs between the tables after two runs. */
export function diffCommand(program: Command): void {
  program
    .command("diff")
    .argument("<from>", "a run's id")
    .argument("<to>", "that of another run of the same pipeline")
    .description("rows added, gone and changed, and figures moved, from after one run to after another")
    .option("--limit <n>", "how many keys of each kind to show", "5")
    .addOption(envOption())
    .option("--json", "one JSON object on the last line of stdout", false)
    .addHelpText(
      "after",
      `
Both runs must have published; penstock runs lists them.

Examples:
  pnpm penstock diff 20261120T225320Z-43f916 20261121T060012Z-9b01aa
  pnpm penstock diff 20261120T225320Z-43f916 20261121T060012Z-9b01aa --limit 50 --json`,
    )
    .action(async (from: string, to: string, options: Options) => {
      const limit = wholeNumber("--limit", options.limit, 0);
      const { runNamed } = await import("../run-named.ts");
      const { compareRuns } = await import("../diff/compare.ts");
      const { diffText } = await import("../diff/tell.ts");
      const { athenaQueries, QueryFailed } = await import("@penstock/lake/queries.ts");
      const { sharedNames } = await import("@penstock/lake/names.ts");
      await withSession({ env: options.env }, async (session) => {
        const [earlier, later] = [await runNamed(session, from), await runNamed(session, to)];
        if (earlier.pipeline !== later.pipeline) {
          throw new WrongUsage(
            `${from} is a run of ${earlier.pipeline.name}, ${to} one of ${later.pipeline.name}; expected two of one pipeline`,
          );
        }
        for (const { run } of [earlier, later]) assertPublished(run);
        const queries = athenaQueries(sharedNames(session.environment));
        const runs = { from: earlier.run, to: later.run };
        try {
          const diff = await compareRuns(earlier.pipeline, runs, limit, queries);
          if (options.json) printJson(diff);
          else print(diffText(diff));
        } catch (error) {
          if (error instanceof QueryFailed) throw new Failure(`Athena: ${error.message}`);
          throw error;
        }
      });
    });
}

function assertPublished(run: Run): void {
  if (run.publish !== null) return;
  const why = run.error === null ? run.status : `${run.status}, ${run.error}`;
  throw new WrongUsage(`run ${run.run_id} has published nothing (${why}): there are no tables after it`);
}
