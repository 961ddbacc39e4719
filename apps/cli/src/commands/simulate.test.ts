import { expect, test } from "@jest/globals";
import { pipelines } from "@penstock/pipelines/registry.ts";
import { Command } from "commander";
import { WrongUsage } from "../failure.ts";
import { simulationOf } from "../simulation.ts";
import { simulateCommand } from "./simulate.ts";

const all = await Promise.all(
  pipelines.map(async ({ name }) => ({ name, simulates: (await simulationOf(name)) !== null })),
);
const having = all.flatMap(({ name, simulates }) => (simulates ? [name] : []));

test.each(all)("$name, asked for its past without saying since when", async ({ name, simulates }) => {
  const program = new Command().exitOverride();
  simulateCommand(program);
  const asked = program.parseAsync(["simulate", name], { from: "user" });
  await expect(asked).rejects.toThrow(
    new WrongUsage(
      simulates
        ? "say from when on: --from, a day or an instant"
        : `${name} simulates nothing; pipelines that do: ${having.join(", ") || "none"}`,
    ),
  );
});
