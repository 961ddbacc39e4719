import Table from "cli-table3";
import type { Command } from "commander";
import { print, printJson } from "../console.ts";
import { pipelineOfDataset } from "../pipelines.ts";
import { envOption } from "../session/env-option.ts";
import { withTables } from "../session/session.ts";
import { typedCommand } from "../session/typed-command.ts";

interface Options {
  readonly run?: string;
  readonly reason?: string;
  readonly file?: string;
  readonly all: boolean;
  readonly limit: string;
  readonly env?: string;
  readonly json: boolean;
}

/** `penstock quarantine`: the rows that were set aside, and why. */
export function quarantineCommand(program: Command): void {
  program
    .command("quarantine")
    .argument("<dataset>", "e.g. charging_sessions")
    .description("the rows that were set aside, and why")
    .option("--run <id>", "only of this run")
    .option("--reason <text>", "only with a reason that contains this")
    .option("--file <text>", "only of files whose key contains this")
    .option("--all", "also those that a later run took in, or set aside again", false)
    .option("--limit <n>", "how many rows to show", "50")
    .addOption(envOption())
    .option("--json", "one JSON object on the last line of stdout", false)
    .addHelpText(
      "after",
      "\nExamples:\n  pnpm penstock quarantine charging_sessions\n  pnpm penstock quarantine charging_sessions --reason 'ended_at: missing' --json",
    )
    .action(async (dataset: string, options: Options) => {
      const pipeline = pipelineOfDataset(dataset);
      await withTables({ env: options.env, pipeline }, async (tables) => {
        const { quarantinedRows } = await import("../quarantined-rows.ts");
        const { rows, total } = await quarantinedRows(tables, dataset, options);
        if (options.json) return printJson({ dataset, total, rows });
        if (total === 0) return print(`No row of ${dataset} is in quarantine${filterText(options)}.`);
        const table = new Table({
          head: ["run", "file", "line", "reasons", "row", ...(options.all ? ["state"] : [])],
          style: { head: [], border: [] },
          wordWrap: true,
          colWidths: [25, 30, 8, 40, 50, ...(options.all ? [36] : [])],
        });
        for (const { run_id, file, line, reasons, raw, state } of rows)
          table.push([run_id, file, line, reasons, raw, ...(options.all ? [state] : [])]);
        print(table.toString());
        print(`${rows.length} of ${total} row(s) in quarantine${filterText(options)}.`);
        print(`Put them through again: ${typedCommand(tables, `redrive ${dataset}`)}`);
      });
    });
}

const filterText = ({ run, reason, file }: Options): string =>
  [run && ` of run ${run}`, reason && ` with reason ${reason}`, file && ` of files like ${file}`]
    .filter(Boolean)
    .join(",");
