import { expect, test } from "@jest/globals";
import type { Pipeline } from "@penstock/workflows/pipeline.ts";
import type { StartedFunction } from "@penstock/workflows/started-function.ts";
import { objectTargets } from "./event-targets.ts";

const onObjects = (app: string, prefix: string, suffix: string): StartedFunction => ({
  app,
  by: { kind: "objects", prefix, suffix },
  timeoutSeconds: 60,
  memoryMb: 256,
  reads: [],
  writes: [],
});

const pipelines = [
  { name: "meters", trigger: { prefix: "raw/meters/" } },
  {
    name: "energy",
    trigger: { prefix: "raw/energy/", objects: false },
    functions: [onObjects("process", "raw/energy/", ".json"), onObjects("archive", "raw/", "")],
  },
].map((facts) => facts as unknown as Pipeline);

const targets = (key: string) => {
  const { machines, functions } = objectTargets(pipelines, key);
  return [machines, functions.map(({ name }) => name)];
};

test("an object starts the machine whose prefix its key has, and each function whose prefix and suffix it has", () => {
  const process = "penstock-local-energy-process";
  const archive = "penstock-local-energy-archive";
  expect(targets("raw/meters/a.csv")).toEqual([["meters"], [archive]]);
  expect(targets("raw/energy/2026/a.json")).toEqual([[], [process, archive]]);
  expect(targets("raw/energy/anomalies/a.jsonl")).toEqual([[], [archive]]);
  expect(targets("cleaned/a.json")).toEqual([[], []]);
});

test("what a function can't take goes to the dead letters of its pipeline", () => {
  const [target] = objectTargets(pipelines, "raw/energy/a.json").functions;
  expect(target?.deadLetters).toBe("penstock-local-energy-dead-letters");
});
