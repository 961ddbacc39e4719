import type { Pipeline } from "@penstock/workflows/pipeline.ts";
import type { Command } from "commander";
import { say } from "../console.ts";
import { pipelineOfDataset } from "../pipelines.ts";
import { redeliver } from "../redeliver.ts";
import { runAsked } from "../run-asked.ts";
import { envOption } from "../session/env-option.ts";
import { type Session, withSession } from "../session/session.ts";

interface Options {
  readonly run?: string;
  readonly reason?: string;
  readonly file?: string;
  readonly env?: string;
  readonly json: boolean;
}

/** `penstock redrive`: quarantined rows put through again, each once. */
export function redriveCommand(program: Command): void {
  program
    .command("redrive")
    .argument("<dataset>", "e.g. charging_sessions")
    .description(
      "put quarantined rows through again, after a profile or a contract was mended, and events that failed",
    )
    .option("--run <id>", "only rows that this run set aside")
    .option("--reason <text>", "only with a reason that contains this")
    .option("--file <text>", "only of files whose key contains this")
    .addOption(envOption())
    .option("--json", "one JSON object on the last line of stdout", false)
    .addHelpText(
      "after",
      `
Without a filter, events that failed for good (dead letters) are delivered once more, too.
A row that is taken in now is marked as resolved; one that is set aside again keeps the time at which it
was first seen. Lines that were no text (invalid UTF-8, NUL bytes) stay: mend their file and load it.

Examples:
  pnpm penstock redrive charging_sessions
  pnpm penstock redrive charging_sessions --reason 'connector_type: not one of'
  pnpm penstock redrive charging_sessions --run 20261120T201512Z-3f9a1c --json`,
    )
    .action(async (dataset: string, options: Options) => {
      const pipeline = pipelineOfDataset(dataset);
      const { run = null, reason = null, file = null } = options;
      say(`${pipeline.name}: what ${dataset} has in quarantine`);
      await withSession({ env: options.env, pipeline }, async (session) => {
        if (run === null && reason === null && file === null) await deliverAgain(session, pipeline);
        await runAsked(session, pipeline, { kind: "redrive", dataset, run, reason, file }, options);
      });
    });
}

async function deliverAgain(session: Session, { name }: Pipeline): Promise<void> {
  const { openEvents } = await import("@penstock/lake/events.ts");
  const count = await redeliver(session.deadLetters(name), openEvents());
  if (count > 0) say(`${name}: ${count} event(s) that had failed for good are delivered once more`);
}
