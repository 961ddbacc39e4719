import type { Command } from "commander";
import { begin, printJson, say } from "../console.ts";
import { WrongUsage } from "../failure.ts";
import { pipelineNamed } from "../pipelines.ts";
import { envOption } from "../session/env-option.ts";
import { withSession } from "../session/session.ts";
import { typedCommand } from "../session/typed-command.ts";
import { putHistory, simulationNamed } from "../simulation.ts";
import { typedDay } from "../typed-day.ts";

interface Options {
  readonly from?: string;
  readonly to?: string;
  readonly env?: string;
  readonly json: boolean;
}

/** `penstock simulate`: the past of a source that does not exist, as files that arrive. */
export function simulateCommand(program: Command): void {
  program
    .command("simulate")
    .argument("<pipeline>", "e.g. energy")
    .description("make history: the files that a simulated source would have put, the same each time")
    // asked for below: a pipeline that simulates nothing needs no time
    .option("--from <time>", "from this day or instant on (ISO 8601, UTC); always needed")
    .option("--to <time>", "before this instant, or until the end of this day; now when left out")
    .addOption(envOption())
    .option("--json", "one JSON object on the last line of stdout", false)
    .addHelpText(
      "after",
      `
Files that are there already stay as they are. Each is processed as it arrives; "run" then takes it into the tables.

Examples:
  pnpm penstock simulate energy --from 2026-11-01 --to 2026-11-07
  pnpm penstock simulate energy --from 2026-11-28T06:00:00Z`,
    )
    .action(async (name: string, options: Options) => {
      const pipeline = pipelineNamed(name);
      const simulation = await simulationNamed(name);
      if (options.from === undefined) throw new WrongUsage("say from when on: --from, a day or an instant");
      const from = instant("--from", options.from, 0);
      const to = options.to === undefined ? new Date() : instant("--to", options.to, 86_400_000);
      if (from >= to) {
        throw new WrongUsage(`--from ${options.from} is not before --to ${options.to ?? "now"}`);
      }
      await withSession({ env: options.env, pipeline }, async (session) => {
        const { openObjects } = await import("@penstock/lake/objects.ts");
        const line = begin(`Simulating ${name}`);
        const done = await putHistory(simulation, { from, to }, openObjects(session.lakeUrl), (key) =>
          line.update(key),
        );
        line.done(`${done.written} file(s) put, ${done.keys.length - done.written} there already`);
        say(`They are processed as they arrive. Into the tables: ${typedCommand(session, `run ${name}`)}`);
        if (options.json) printJson({ ...done, from: from.toISOString(), to: to.toISOString() });
      });
    });
}

/** @param dayMs what a day alone means: its beginning, or its end. @throws WrongUsage */
function instant(option: string, text: string, dayMs: number): Date {
  const expected = "a day such as 2026-11-30, or 2026-11-30T06:00:00Z";
  if (!text.includes("T")) return new Date(typedDay(option, text, expected).getTime() + dayMs);
  const isInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})$/.test(text);
  const at = new Date(text);
  if (!isInstant || Number.isNaN(at.getTime()))
    throw new WrongUsage(`${option} ${text}: expected ${expected}`);
  // a day that the calendar lacks would be taken for one of the next month
  typedDay(option, text.slice(0, 10), expected);
  return at;
}
