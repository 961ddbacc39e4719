import type { Command } from "commander";
import { print, printJson, say } from "../console.ts";
import { envOption } from "../session/env-option.ts";
import { withSession } from "../session/session.ts";

interface Options {
  readonly errors: boolean;
  readonly env?: string;
  readonly json: boolean;
}

/** `penstock logs`: what a run went through. */
export function logsCommand(program: Command): void {
  program
    .command("logs")
    .argument("<run>", "a run's id; penstock runs lists them")
    .description("what a run went through: states, functions and job, in the order of time")
    .option("--errors", "only what broke", false)
    .addOption(envOption())
    .option("--json", "one JSON object on the last line of stdout", false)
    .addHelpText(
      "after",
      `
A line that nobody structured, such as a traceback, is not shown, since it may quote a row: its errors are named,
and where it is.

Examples:
  pnpm penstock logs 20261120T225320Z-43f916
  pnpm penstock logs 20261120T225320Z-43f916 --errors
  pnpm penstock logs 20261120T225320Z-43f916 --json`,
    )
    .action(async (id: string, options: Options) => {
      const { runNamed } = await import("../run-named.ts");
      const { openRunLog } = await import("../run-log/open.ts");
      const { logLines } = await import("../run-log/tell.ts");
      const { adviceFor } = await import("@penstock/steps/advice.ts");
      await withSession({ env: options.env }, async (session) => {
        const { pipeline, run } = await runNamed(session, id);
        const log = await openRunLog(session, pipeline, run);
        const entries = options.errors ? log.entries.filter(({ level }) => level === "ERROR") : log.entries;
        if (options.json) {
          const { run_id, status, attempt } = run;
          return printJson({ run_id, pipeline: pipeline.name, status, attempt, ...log, entries });
        }
        const colour = Boolean(process.stdout.isTTY) && process.env.NO_COLOR === undefined;
        for (const line of logLines(entries, colour)) print(line);
        const attempts = `${run.attempt} attempt${run.attempt === 1 ? "" : "s"}`;
        say(`Run ${run.run_id} of ${pipeline.name}: ${run.status}, ${attempts}`);
        const advice = adviceFor(`${run.error}: ${run.cause}`, session.environment.name);
        if (run.status === "FAILED" && advice.length > 0) say(advice.join(" "));
        if (entries.some((entry) => entry.full_text !== undefined)) {
          say(`What is not shown may quote rows; it lies in ${session.logs}`);
        }
      });
    });
}
