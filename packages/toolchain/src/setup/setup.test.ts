import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { setUp, toolchainSteps } from "./setup.ts";
import type { Step } from "./step.ts";

const root = mkdtempSync(join(tmpdir(), "penstock-toolchain-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** What each step installs; that it is made from all of its text is what makes it run again. */
const locks: Readonly<Record<string, string>> = {
  python: "python/requirements.txt",
  java: "python/requirements-java.txt",
  jars: "jars.ivy.xml",
  duckdb: "python/requirements.txt",
  "python-test": "python/requirements-test.txt",
  checkov: "python/requirements-checkov.txt",
  "aws-jars": "aws-jars.ivy.xml",
};

test("every step is made from its lock, to the last byte", () => {
  const steps = toolchainSteps({ tests: true });
  expect(steps.map(({ name }) => name)).toEqual(Object.keys(locks));
  for (const { name, madeFrom } of steps) {
    const lock = readFileSync(join(import.meta.dirname, "../..", locks[name] ?? ""), "utf8");
    expect({ name, from: madeFrom().includes(lock) }).toEqual({ name, from: true });
  }
});

test("what a step takes from a later one is made anew at once", async () => {
  let lock = "one";
  const [environment, tool] = [join(root, "python"), join(root, "pytest")];
  const makes = (name: string, result: string, madeFrom: () => string, run = async () => {}): Step => ({
    name,
    title: name,
    madeFrom,
    result,
    run: async () => {
      await run();
      writeFileSync(result, "");
    },
  });
  const steps = [
    makes(
      "python",
      environment,
      () => lock,
      async () => rmSync(tool, { force: true }),
    ),
    makes("untouched", join(root, "untouched"), () => ""),
    makes("pytest", tool, () => ""),
  ];
  const told: string[] = [];
  const view = {
    begin: (step: Step, position: number, of: number) => void told.push(`${position}/${of} ${step.name}`),
    progress: () => {},
    end: () => {},
  };
  await setUp(steps, view, root);
  expect(told.splice(0)).toEqual(["1/3 python", "2/3 untouched", "3/3 pytest"]);
  await setUp(steps, view, root);
  expect(told).toEqual([]);
  lock = "two";
  await setUp(steps, view, root);
  expect(told).toEqual(["1/1 python", "2/2 pytest"]);
  expect(existsSync(tool)).toBe(true);
});
