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

// not test.each, which wants one at least: the pipelines that simulate may all be taken out
test("a day that no calendar has is none, alone or in an instant", async () => {
  for (const name of having) {
    for (const from of ["2026-02-30", "2026-02-30T06:00:00Z"]) {
      const program = new Command().exitOverride();
      simulateCommand(program);
      const asked = program.parseAsync(["simulate", name, "--from", from], { from: "user" });
      await expect(asked).rejects.toThrow(
        new WrongUsage("--from 2026-02-30: expected a day such as 2026-11-30, or 2026-11-30T06:00:00Z"),
      );
    }
  }
});
