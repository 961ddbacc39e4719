import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test } from "@jest/globals";
import { isDone, perform, type Step } from "./step.ts";

const root = mkdtempSync(join(tmpdir(), "penstock-toolchain-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let lock: string;
let runs: number;
let stopsMidway: boolean;
const step: Step = {
  name: "jars",
  title: "Jars",
  madeFrom: () => lock,
  result: join(root, "jars"),
  run: async () => {
    runs += 1;
    writeFileSync(join(root, "jars"), lock);
    if (stopsMidway) throw new Error("killed");
  },
};
beforeEach(() => {
  lock = "one";
  runs = 0;
  stopsMidway = false;
  rmSync(join(root, "jars"), { force: true });
});

test("a step is done once, and again when what it is made from changes", async () => {
  expect(isDone(step, root)).toBe(false);
  await perform(step, () => {}, root);
  expect(isDone(step, root)).toBe(true);
  lock = "two";
  expect(isDone(step, root)).toBe(false);
  await perform(step, () => {}, root);
  expect({ done: isDone(step, root), runs }).toEqual({ done: true, runs: 2 });
});

test("a step that was stopped midway is not done, though its result is there", async () => {
  await perform(step, () => {}, root);
  lock = "three";
  stopsMidway = true;
  await expect(perform(step, () => {}, root)).rejects.toThrow("killed");
  lock = "one";
  expect(isDone(step, root)).toBe(false);
});

test("a result that was deleted is made anew", async () => {
  await perform(step, () => {}, root);
  rmSync(step.result);
  expect(isDone(step, root)).toBe(false);
});
