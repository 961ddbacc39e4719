import Table from "cli-table3";
import type { Command } from "commander";
import { print, printJson } from "../console.ts";
import { Failure, WrongUsage } from "../failure.ts";
import { plainFigures } from "../figures.ts";
import { pipelineNamed } from "../pipelines.ts";
import { envOption } from "../session/env-option.ts";
import { withSession } from "../session/session.ts";

/** `penstock lookup`: the figures that a pipeline serves for one key. */
export function lookupCommand(program: Command): void {
  program
    .command("lookup")
    .argument("<pipeline>")
    .argument("<key>", "a site's id, a user's pseudonym, …")
    .description("the served figures of one key")
    .addOption(envOption())
    .option("--json", "one JSON object on the last line of stdout", false)
    .addHelpText(
      "after",
      "\nExamples:\n  pnpm penstock lookup charging-sessions 461655\n  pnpm penstock lookup charging-sessions 461655 --json",
    )
    .action(async (name: string, key: string, options: { env?: string; json: boolean }) => {
      const pipeline = pipelineNamed(name);
      if (pipeline.lookups.length === 0) {
        const instead = pipeline.serves ? "; its API does, see: pnpm penstock status" : "";
        throw new WrongUsage(`${name} has no lookups${instead}`);
      }
      const found = await withSession({ env: options.env, pipeline }, async (session) => {
        const items = [];
        for (const lookup of pipeline.lookups) {
          for (const item of await session.lookups(name, lookup.key).of(key))
            items.push({ by: lookup.key, ...item });
        }
        return items;
      });
      if (options.json) {
        printJson({
          pipeline: name,
          key,
          items: found.map(({ figures, ...item }) => ({ ...item, ...plainFigures(figures) })),
        });
      }
      if (found.length === 0) {
        const keys = pipeline.lookups.map((lookup) => lookup.key).join(" or ");
        throw new Failure(
          `${name} serves nothing for ${JSON.stringify(key)}; expected a ${keys} of the lake's tables`,
        );
      }
      if (options.json) return;
      const table = new Table({ head: ["metric", "period", "figures"], style: { head: [], border: [] } });
      for (const { metric, figures } of found) {
        const [what, ...period] = metric.split("#");
        const text = Object.entries(plainFigures(figures)).map(([figure, value]) => `${figure} ${value}`);
        table.push([what, period.join("#"), text.join(", ")]);
      }
      print(table.toString());
    });
}
