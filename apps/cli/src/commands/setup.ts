import type { Command } from "commander";
import { say } from "../console.ts";
import { ensureSetUp } from "../setting-up.ts";

/** `penstock setup`: what `start` and `test` do first, by itself. */
export function setupCommand(program: Command): void {
  program
    .command("setup")
    .description("bring Python, Java, Spark's jars and DuckDB's extensions, once")
    .option("--tests", "also what only the tests need", false)
    .addHelpText("after", "\nExamples:\n  pnpm penstock setup\n  pnpm penstock setup --tests")
    .action(async (options: { tests: boolean }) => {
      await ensureSetUp(options);
      say("Everything is set up.");
    });
}
