import type { Command } from "commander";
import { say } from "../console.ts";
import { pipelineNamed } from "../pipelines.ts";
import { runAsked } from "../run-asked.ts";
import { envOption } from "../session/env-option.ts";
import { withSession } from "../session/session.ts";

/** `penstock maintain`: fewer and larger files, and away with what nobody needs any more. */
export function maintainCommand(program: Command): void {
  program
    .command("maintain")
    .argument("[pipeline]", "all of them when left out")
    .description("compact tables, expire old snapshots, remove orphan files and old cleaned rows")
    .addOption(envOption())
    .option("--json", "one JSON object on the last line of stdout", false)
    .addHelpText(
      "after",
      `
Safe at any time: it waits for the run under way, and runs wait for it. Kept for a rollback: the last 20
publications and those of 30 days; cleaned rows: 90 days.

Examples:
  pnpm penstock maintain
  pnpm penstock maintain charging-sessions --json`,
    )
    .action(async (name: string | undefined, options: { env?: string; json: boolean }) => {
      const about = name === undefined ? {} : { pipeline: pipelineNamed(name) };
      await withSession({ env: options.env, ...about }, async (session) => {
        for (const pipeline of about.pipeline === undefined ? session.pipelines : [about.pipeline]) {
          say(`${pipeline.name}: maintenance`);
          await runAsked(session, pipeline, { kind: "maintain" }, options);
        }
      });
    });
}
