import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { toolchain } from "@penstock/toolchain/paths.ts";
import { Command } from "commander";
import { addCommands } from "./commands.ts";

test("the README's table has every command, and no other", () => {
  const program = new Command();
  addCommands(program);
  const commands = program.commands.map((command) => command.name());
  expect(inReadme().sort()).toEqual(commands.sort());
});

/** The commands of the table: `pnpm start [--once]`, or `pnpm penstock status`, `runs`. */
function inReadme(): string[] {
  const readme = readFileSync(join(toolchain.repository, "README.md"), "utf8");
  const [, section = ""] = readme.split("\n## Commands\n");
  const [table = ""] = section.split("\nEach has");
  return table.split("\n").flatMap((line) => {
    const [, cell = ""] = line.split(/(?<!\\)\|/);
    return [...cell.matchAll(/`(?:pnpm )?(?:penstock )?(\w+)[^`]*`/g)].map(([, name = ""]) => name);
  });
}
