import { existsSync, rmSync } from "node:fs";
import { createInterface } from "node:readline/promises";
import type { Command } from "commander";
import { say } from "../console.ts";
import { Failure, WrongUsage } from "../failure.ts";

/** `penstock reset`: the local state away. */
export function resetCommand(program: Command): void {
  program
    .command("reset")
    .description("delete the local state: lake, ledger, lookups, logs; what was set up stays")
    .option("--yes", "do not ask", false)
    .addHelpText("after", "\nExamples:\n  pnpm penstock reset\n  pnpm penstock reset --yes")
    .action(async (options: { yes: boolean }) => {
      const { defaultHome, stop } = await import("@penstock/local/client.ts");
      const { foreignIn } = await import("@penstock/local/home.ts");
      const home = defaultHome();
      if (!existsSync(home.root)) return say(`There is nothing at ${home.root}.`);
      const foreign = foreignIn(home);
      if (foreign.length > 0) throw new Failure(notOurs(home.root, foreign));
      if (!options.yes) await confirm(home.root);
      await stop(home);
      rmSync(home.root, { recursive: true, force: true });
      say(`Deleted ${home.root}.`);
    });
}

function notOurs(root: string, foreign: readonly string[]): string {
  const some = foreign.slice(0, 3).join(", ") + (foreign.length > 3 ? ", …" : "");
  return `${root} holds what is not the local state (${some}), so nothing was deleted. Is PENSTOCK_HOME right? If so, move that elsewhere.`;
}

async function confirm(path: string): Promise<void> {
  if (!process.stdin.isTTY) throw new WrongUsage(`this deletes ${path}; add --yes if that is meant`);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question(`Delete ${path} with all tables and runs? Type yes: `);
  terminal.close();
  if (answer.trim() !== "yes") throw new WrongUsage("nothing was deleted");
}
