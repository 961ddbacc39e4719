import type { Command } from "commander";
import { print, printJson, say } from "../console.ts";
import { WrongUsage } from "../failure.ts";
import { filesInLake } from "../files-in-lake.ts";
import { pipelineNamed } from "../pipelines.ts";
import { envOption } from "../session/env-option.ts";
import { withSession } from "../session/session.ts";
import { tellRun } from "../tell-run.ts";
import { typedDay } from "../typed-day.ts";

interface Options {
  readonly from?: string;
  readonly to?: string;
  readonly prefix?: string;
  readonly dryRun: boolean;
  readonly env?: string;
  readonly json: boolean;
}

/** `penstock backfill`: files that are in the lake already, put through again. */
export function backfillCommand(program: Command): void {
  program
    .command("backfill")
    .argument("<pipeline>", "e.g. charging-sessions")
    .description("put files that are in the lake already through again, by when they came or by their key")
    .option("--from <date>", "files last modified on this day (UTC) or later")
    .option("--to <date>", "files last modified on this day (UTC) or earlier")
    .option("--prefix <text>", "files whose key begins with this; the pipeline's own prefix may be left out")
    .option("--dry-run", "only say which files it would be", false)
    .addOption(envOption())
    .option("--json", "one JSON object on the last line of stdout", false)
    .addHelpText(
      "after",
      `
Rows that are in the tables as they are stay untouched: only what differs is written.

Examples:
  pnpm penstock backfill charging-sessions --from 2026-11-01 --to 2026-11-07 --dry-run
  pnpm penstock backfill charging-sessions --prefix perth- --json`,
    )
    .action(async (name: string, options: Options) => {
      const pipeline = pipelineNamed(name);
      if (options.from === undefined && options.to === undefined && options.prefix === undefined)
        throw new WrongUsage("say which files: --from, --to or --prefix");
      const from = dayOf("--from", options.from) ?? Number.NEGATIVE_INFINITY;
      const to = (dayOf("--to", options.to) ?? Number.POSITIVE_INFINITY) + 86_400_000;
      await withSession({ env: options.env, pipeline }, async (session) => {
        const { openObjects } = await import("@penstock/lake/objects.ts");
        const { prefix } = pipeline.trigger;
        const objects = openObjects(session.lakeUrl);
        // as keys are shown, or below the pipeline's prefix
        const typed = options.prefix ?? "";
        const beginning = typed.startsWith(prefix) ? typed.slice(prefix.length) : typed;
        const files = (await filesInLake(objects, session.ledger(name), { prefix, beginning })).filter(
          ({ modified }) => Date.parse(modified) >= from && Date.parse(modified) < to,
        );
        for (const { key, size, modified } of files)
          print(`${modified}  ${size.toLocaleString("en-GB")} bytes  ${key}`);
        if (options.dryRun || files.length === 0) {
          say(
            files.length === 0 ? "No file matches." : `${files.length} file(s) would be put through again.`,
          );
          if (options.json) printJson({ files });
          return;
        }
        const { runPipeline } = await import("../run-pipeline.ts");
        const result = await runPipeline(session, pipeline, {
          keys: files.map(({ key }) => key),
          again: true,
        });
        tellRun(session, pipeline, result);
        if (options.json) printJson(result);
        if (result.status === "FAILED") process.exitCode = 1;
      });
    });
}

const dayOf = (option: string, text: string | undefined): number | undefined =>
  text === undefined ? undefined : typedDay(option, text).getTime();
