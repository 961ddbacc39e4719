import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { execa } from "execa";
import { perform, type Step } from "./step.ts";
import { tellingLine } from "./step-failed.ts";

const root = mkdtempSync(join(tmpdir(), "penstock-toolchain-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const step = (run: Step["run"]): Step => ({
  name: "jars",
  title: "Jars",
  madeFrom: () => "",
  result: root,
  run,
});

test.each([true, false])(
  "a command that fails is told in three lines, and the rest is in a log (all: %s)",
  async (all) => {
    const script = "echo Collecting; echo 'ERROR: no such version' >&2; echo '[notice] a new pip'; exit 3";
    const failing = step(async () => {
      await execa("sh", ["-c", script], { all });
    });
    const error = await perform(failing, () => {}, root).catch((caught: unknown) => caught);
    const log = join(root, "logs", "jars.log");
    const [command, ...rest] = String(error).split("\n");
    expect(command).toMatch(/^StepFailed: Command failed with exit code 3: sh -c /);
    expect(rest).toEqual(["ERROR: no such version", `All that it said is in ${log}`]);
    for (const line of ["exit code 3", "Collecting", "ERROR: no such version", "[notice] a new pip"])
      expect(readFileSync(log, "utf8")).toContain(line);
  },
);

test("a command that isn't there says so itself", async () => {
  const failing = step(async () => {
    await execa(join(root, "bin", "java"), ["-jar", "ivy.jar"]);
  });
  await expect(perform(failing, () => {}, root)).rejects.toThrow(/ENOENT/);
});

test("what is not a command's failure stays as it is", async () => {
  const failing = step(() => Promise.reject(new RangeError("no Ivy among pyspark's jars")));
  await expect(perform(failing, () => {}, root)).rejects.toThrow(RangeError);
});

// as pip and Ivy end, with the network gone
test.each([
  [
    "ERROR: Could not find a version that satisfies the requirement duckdb==1 (from versions: none)\nERROR: No matching distribution found for duckdb==1\n\n[notice] A new release of pip is available\n",
    "ERROR: No matching distribution found for duckdb==1",
  ],
  [
    "\t\t:: io.delta#delta-storage;3.3.2: not found\n:::: ERRORS\n\tServer access error at url https://repo1.maven.org/a.jar (java.net.ConnectException: Connection refused)\n\n:: USE VERBOSE OR DEBUG MESSAGE LEVEL FOR MORE DETAILS\n",
    "Server access error at url https://repo1.maven.org/a.jar (java.net.ConnectException: Connection refused)",
  ],
  ["one\ntwo\n", "two"],
  ["", ""],
])("%j", (output, line) => {
  expect(tellingLine(output)).toBe(line);
});
