import type { Command } from "commander";
import { printJson, say } from "../console.ts";
import { pipelineNamed } from "../pipelines.ts";
import { envOption } from "../session/env-option.ts";
import { withSession } from "../session/session.ts";
import { tellRun } from "../tell-run.ts";
import { filesNamed, upload } from "../uploads.ts";

interface Options {
  readonly input?: string[];
  readonly again: boolean;
  readonly env?: string;
  readonly json: boolean;
}

/** `penstock run`: one run, followed to its end. */
export function runCommand(program: Command): void {
  program
    .command("run")
    .argument("<pipeline>", "e.g. charging-sessions")
    .description("run a pipeline on the given files, or on what is pending")
    .option("--input <path...>", "files to load: csv or json, as they are or .gz; globs")
    .option(
      "--again",
      "take the files even if they are done; without --input, those undone, held or rejected",
      false,
    )
    .addOption(envOption())
    .option("--json", "one JSON object on the last line of stdout", false)
    .addHelpText(
      "after",
      `
Exit code 1 when the run fails, or when one of its files is rejected. Ctrl-C ends the watching, not the run.

Examples:
  pnpm penstock run charging-sessions
  pnpm penstock run charging-sessions --input my-sessions.csv
  pnpm penstock run charging-sessions --input 'exports/*.csv.gz' --json
  pnpm penstock run charging-sessions --input my-sessions.csv --env dev`,
    )
    .action(async (name: string, options: Options) => {
      const pipeline = pipelineNamed(name);
      const files = options.input === undefined ? undefined : filesNamed(options.input, pipeline);
      const { runPipeline } = await import("../run-pipeline.ts");
      const result = await withSession({ env: options.env, pipeline }, async (session) => {
        const { lakeUrl } = session;
        const rejected = new Set(
          (await session.ledger(pipeline.name).inputs("rejected")).map(({ key }) => key),
        );
        const keys = files && (await upload(files, { lakeUrl, prefix: pipeline.trigger.prefix, rejected }));
        say(`${pipeline.name}: ${keys === undefined ? "what is pending" : `${keys.length} file(s)`}`);
        const ran = await runPipeline(session, pipeline, {
          ...(keys === undefined ? {} : { keys }),
          again: options.again,
        });
        tellRun(session, pipeline, ran);
        return ran;
      });
      if (options.json) printJson(result);
      const isOneRejected = result.files.some((file) => file.status === "rejected");
      if (result.status === "FAILED" || isOneRejected) process.exitCode = 1;
    });
}
