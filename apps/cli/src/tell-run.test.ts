import { afterEach, beforeEach, expect, jest, test } from "@jest/globals";
import { local } from "@penstock/lake/names.ts";
import { pipelines } from "@penstock/pipelines/registry.ts";
import type { RunResult } from "./run-pipeline.ts";
import { tellRun } from "./tell-run.ts";

const [pipeline] = pipelines;
if (pipeline === undefined) throw new Error("no pipeline");
const { name } = pipeline;

const counts = { read: 3, accepted: 1, quarantined: 2, duplicates: 0 };
const changes = { inserted: 1, updated: 0, unchanged: 0, superseded: 0 };
const result = (...runs: string[]): RunResult => ({
  run_id: runs.at(-1) ?? null,
  status: "SUCCEEDED",
  datasets: { things: { ...counts, ...changes } },
  seconds: 2,
  states: [],
  runs,
  files: [],
  reasons: {},
  waiting: {},
  overdue: {},
  error: null,
  left: [],
});

let told: string;
beforeEach(() => {
  told = "";
  jest.spyOn(process.stderr, "write").mockImplementation((text) => {
    told += text;
    return true;
  });
});
afterEach(() => {
  jest.restoreAllMocks();
});
const lastLines = () =>
  told
    .trimEnd()
    .split("\n")
    .filter((line) => line.startsWith("  "))
    .map((line) => line.trim());

test("the last line names the run", () => {
  tellRun({ environment: local }, pipeline, result("r1"));
  expect(lastLines()).toEqual([`SUCCEEDED run r1 of ${name} in 2.0 s`]);
});

test("what to do about a rejected file is said below the run that went well without it", () => {
  const file = { key: "raw/odd.csv", status: "rejected", profile: null, rows: 0 } as const;
  tellRun({ environment: local }, pipeline, {
    ...result("r1"),
    files: [{ ...file, reason: "no profile has its header" }],
  });
  expect(lastLines()).toEqual([
    "rejected raw/odd.csv: no profile has its header",
    `SUCCEEDED run r1 of ${name} in 2.0 s`,
    `Give the rejected again, mended; or add their format to the pipeline's sources, then: pnpm penstock run ${name} --again`,
  ]);
});

test("of files that went through two runs it names both", () => {
  tellRun({ environment: local }, pipeline, result("r1", "r2"));
  expect(lastLines()).toEqual([`SUCCEEDED runs r1, r2 of ${name} in 2.0 s`]);
});

test("whichever of two runs failed, there is a command for what broke in it", () => {
  tellRun({ environment: local }, pipeline, { ...result("r1", "r2"), status: "FAILED", error: "Odd: it is" });
  expect(lastLines()).toEqual([
    `FAILED runs r1, r2 of ${name} in 2.0 s`,
    "Odd: it is",
    "See what broke: pnpm penstock logs r1 --errors",
    "See the rows: pnpm penstock quarantine things --run r1",
    "See what broke: pnpm penstock logs r2 --errors",
    "See the rows: pnpm penstock quarantine things --run r2",
  ]);
});

test("nothing to do is said in words", () => {
  tellRun({ environment: local }, pipeline, result());
  expect(lastLines()).toEqual([
    "Nothing to do: no file waits (--again takes what was held, rejected or rolled back).",
  ]);
});
