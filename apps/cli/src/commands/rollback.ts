import type { Command } from "commander";
import { say } from "../console.ts";
import { WrongUsage } from "../failure.ts";
import { pipelineOfDataset } from "../pipelines.ts";
import { runAsked } from "../run-asked.ts";
import { envOption } from "../session/env-option.ts";
import { withSession } from "../session/session.ts";
import { typedCommand } from "../session/typed-command.ts";

interface Options {
  readonly to: string;
  readonly env?: string;
  readonly json: boolean;
}

/** `penstock rollback`: a table as an earlier run left it, its served figures included. */
export function rollbackCommand(program: Command): void {
  program
    .command("rollback")
    .argument("<table>", "e.g. charging_sessions")
    .description("undo bad loads: the table as an earlier run left it, its served figures included")
    .requiredOption("--to <run>", "the run whose table it shall be again; none: as it was before any")
    .addOption(envOption())
    .option("--json", "one JSON object on the last line of stdout", false)
    .addHelpText(
      "after",
      `
The runs that are undone are marked ROLLED_BACK; their files return only by: run <pipeline> --again

Examples:
  pnpm penstock runs charging-sessions
  pnpm penstock rollback charging_sessions --to 20261120T201512Z-3f9a1c
  pnpm penstock rollback charging_sessions --to none --json`,
    )
    .action(async (dataset: string, options: Options) => {
      const pipeline = pipelineOfDataset(dataset);
      const to = options.to === "none" ? null : options.to;
      say(`${pipeline.name}: ${dataset} back to ${to ?? "what it was before any run"}`);
      await withSession({ env: options.env, pipeline }, async (session) => {
        if (to !== null && (await session.ledger(pipeline.name).run(to)) === null)
          throw new WrongUsage(
            `--to: ${pipeline.name} knows no run ${JSON.stringify(to)}; see: ${typedCommand(session, `runs ${pipeline.name}`)}`,
          );
        await runAsked(session, pipeline, { kind: "rollback", dataset, to }, options);
      });
    });
}
