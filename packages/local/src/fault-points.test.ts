import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { type Fault, FaultPoints } from "./fault-points.ts";

let folder: string;
let child: ChildProcess;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "penstock-faults-"));
  child = spawn("sleep", ["60"]);
});
afterEach(() => {
  child.kill("SIGKILL");
  rmSync(folder, { recursive: true });
});

const plan = (...faults: Fault[]): void =>
  writeFileSync(join(folder, "next.json"), JSON.stringify({ faults }));
const reached = (): unknown[] =>
  readFileSync(join(folder, "reached.ndjson"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

test("kills at the very point that is asked for, once, and notes every point", async () => {
  const points = new FaultPoints(folder);
  points.born("job", child.pid);
  plan({ point: "job clean sites started", kill: "job" }, { point: "state Settle", kill: "spark" });
  points.entered("Settle");
  points.said('{"run_id":"r","step":"clean sites","event":"started"}');
  expect((await once(child, "exit"))[1]).toBe("SIGKILL");
  points.said("not a step");
  points.said('{"message":"settle done","run_id":"r"}');
  points.entered("Settle");
  expect(reached()).toEqual([
    { point: "state Settle" },
    { point: "job clean sites started", kill: "job", killed: [child.pid] },
    { point: "function settle done" },
    { point: "state Settle", kill: "spark", killed: [] },
  ]);
  expect(JSON.parse(readFileSync(join(folder, "next.json"), "utf8"))).toEqual({ faults: [] });
});

test("kills in the middle of what begins at a point, and notes what is reached until then", async () => {
  const points = new FaultPoints(folder);
  points.born("job", child.pid);
  plan({ point: "job stage started", kill: "job", after: 300 });
  points.reached("job stage started");
  points.reached("job stage done");
  expect((await once(child, "exit"))[1]).toBe("SIGKILL");
  expect(reached()).toEqual([
    { point: "job stage started" },
    { point: "job stage done" },
    { point: "job stage started", kill: "job", killed: [child.pid] },
  ]);
});

test("what a state does again and again is numbered anew in each state", () => {
  const points = new FaultPoints(folder);
  points.entered("Claim");
  points.counted("PutItem");
  points.counted("PutItem");
  points.entered("Finish");
  points.counted("PutItem");
  expect(reached().map((each) => (each as { point: string }).point)).toEqual([
    "state Claim",
    "Claim: PutItem 1",
    "Claim: PutItem 2",
    "state Finish",
    "Finish: PutItem 1",
  ]);
});

test("a process that has ended by itself is not killed: its number may be another's by now", () => {
  const points = new FaultPoints(folder);
  points.born("function", child.pid)();
  plan({ point: "state Claim", kill: "function" });
  points.entered("Claim");
  expect(reached()).toEqual([{ point: "state Claim", kill: "function", killed: [] }]);
  expect(child.signalCode).toBeNull();
});

test("a service refuses as many requests as it is asked to", () => {
  const points = new FaultPoints(folder);
  writeFileSync(join(folder, "refusals.json"), JSON.stringify({ dynamodb: 2 }));
  const answers = ["dynamodb", "sns", "dynamodb", "dynamodb"] as const;
  expect(answers.map((service) => points.refuses(service))).toEqual([true, false, true, false]);
  expect(reached()).toEqual([{ point: "dynamodb refused" }, { point: "dynamodb refused" }]);
});

test("nobody asked: nothing is noted and nothing dies", () => {
  const points = new FaultPoints(undefined);
  points.entered("Claim");
  points.said('{"step":"clean sites","event":"started"}');
  expect(points.refuses("sns")).toBe(false);
  expect(readdirSync(folder)).toEqual([]);
  expect(existsSync(join(folder, "reached.ndjson"))).toBe(false);
});
