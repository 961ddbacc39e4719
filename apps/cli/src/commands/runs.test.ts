import { expect, test } from "@jest/globals";
import { Command } from "commander";
import { WrongUsage } from "../failure.ts";
import { runsCommand } from "./runs.ts";

test.each(["0", "-1", "1.5", "all"])("--limit %s is refused before anything is asked", async (limit) => {
  const program = new Command().exitOverride();
  runsCommand(program);
  const asked = program.parseAsync(["runs", "--limit", limit], { from: "user" });
  await expect(asked).rejects.toThrow(new WrongUsage(`--limit ${limit}: expected a whole number from 1`));
});
