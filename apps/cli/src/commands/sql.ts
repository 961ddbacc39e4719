import { readFileSync } from "node:fs";
import { pipelines } from "@penstock/pipelines/registry.ts";
import type { NamedQuery } from "@penstock/workflows/pipeline.ts";
import { type Command, Option } from "commander";
import { print, say } from "../console.ts";
import { WrongUsage } from "../failure.ts";
import { envOption } from "../session/env-option.ts";
import { withTables } from "../session/session.ts";
import { typedPath } from "../typed-path.ts";

interface Options {
  readonly file?: string;
  readonly format: "table" | "csv" | "json" | "arrow" | "parquet";
  readonly list: boolean;
  readonly env?: string;
}

/** `penstock sql`: Athena SQL over the lake. On the laptop it needs no daemon. */
export function sqlCommand(program: Command): void {
  program
    .command("sql")
    .argument("[query]", "one SELECT in Athena SQL, or the name of a named query")
    .description("query the lake in Athena SQL")
    .option("-f, --file <path>", "read the query from a file")
    .option("--list", "list the named queries", false)
    .addOption(
      new Option("--format <format>", "what to print")
        .choices(["table", "csv", "json", "arrow", "parquet"])
        .default("table"),
    )
    .addOption(envOption())
    .addHelpText(
      "after",
      `
Examples:
  pnpm penstock sql "SELECT site_id, count(*) AS sessions FROM charging_sessions GROUP BY 1 ORDER BY 2 DESC LIMIT 5"
  pnpm penstock sql --list
  pnpm penstock sql -f my-query.sql --format csv > result.csv
  pnpm penstock sql busiest_sites --env dev`,
    )
    .action(async (text: string | undefined, options: Options) => {
      if (options.list) return listNamed();
      const query = queryOf(text, options.file);
      await withTables({ env: options.env }, async (tables) => {
        const { printAnswer } = await import("../print-answer.ts");
        const answer = await tables.answer(query);
        await printAnswer(answer, options.format);
        if (answer.scanned !== null) say(`Athena read ${(answer.scanned / 1e6).toFixed(1)} MB.`);
      });
    });
}

const named = (): Record<string, NamedQuery> =>
  Object.assign({}, ...pipelines.map((pipeline) => pipeline.queries.named));

function listNamed(): void {
  for (const [name, query] of Object.entries(named())) print(`${name}\n    ${query.description}`);
}

function queryOf(text: string | undefined, file: string | undefined): string {
  if ((text === undefined) === (file === undefined))
    throw new WrongUsage("give one query: as text, by name, or with -f FILE");
  if (file !== undefined) {
    try {
      return readFileSync(typedPath(file), "utf8");
    } catch {
      throw new WrongUsage(`-f ${file}: there is no such file`);
    }
  }
  const query = text ?? "";
  if (!/^[a-z][a-z0-9_]*$/.test(query)) return query;
  const found = named()[query];
  if (found === undefined)
    throw new WrongUsage(`there is no named query ${query}; see: pnpm penstock sql --list`);
  return found.sql;
}
