import { expect, test } from "@jest/globals";
import { adviceFor, isDiskFull } from "./advice.ts";

test.each([
  ["States.TaskFailed: No space left on device, SparkException", /disk is full/],
  ["States.TaskFailed: Spark's JVM ended during the run: it ran out of memory.", /smaller files/],
  ["States.TaskFailed: Spark did not start: its host process ended (exit code 1)", /pnpm penstock setup/],
  ['GateFailed: charging_sessions: Mean "energy_kwh" >= 0.5', /Nothing was published/],
])("%s", (error, told) => {
  expect(adviceFor(error)).toMatch(told);
});

test("what needs no advice gets none", () => {
  expect(adviceFor("SanityCheckFailed: no_key_twice finds rows")).toBeUndefined();
});

test("a disk with room is not full, and one that isn't there neither", () => {
  expect(isDiskFull(import.meta.dirname)).toBe(false);
  expect(isDiskFull("/nowhere")).toBe(false);
});
