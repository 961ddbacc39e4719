import { expect, test } from "@jest/globals";
import { adviceFor } from "./advice.ts";

const disk = "States.TaskFailed: No space left on device, SparkException";
const memory = "States.TaskFailed: Spark's JVM ended during the run: it ran out of memory.";

test.each([
  [disk, "local", /free some space, then run it again/],
  [disk, "prod", /load smaller files/],
  ["ENOSPC: no space left on device, write", "local", /free some space/],
  [memory, "local", /Close what else needs memory/],
  [memory, "prod", /^Load smaller files/],
  [
    "States.TaskFailed: Spark did not start: its host process ended (exit code 1)",
    "local",
    /pnpm penstock setup/,
  ],
  ['GateFailed: charging_sessions: Mean "energy_kwh" >= 0.5', "prod", /^Nothing was published/],
])("%s (%s)", (error, environment, told) => {
  const lines = adviceFor(error, environment);
  expect(lines.join(" ")).toMatch(told);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(60);
});

test("what needs no advice gets none", () => {
  expect(adviceFor("SanityCheckFailed: no_key_twice finds rows", "local")).toEqual([]);
});
