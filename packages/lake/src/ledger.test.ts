import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { openLedger } from "./ledger.ts";
import type { Input, Run } from "./ledger-entries.ts";
import { ledgerTable } from "./tables.ts";
import { startDynamo, type TestDynamo } from "./testing/dynamo.ts";

let dynamo: TestDynamo;
beforeAll(async () => {
  dynamo = await startDynamo();
  await dynamo.create(ledgerTable("ledger"));
});
afterAll(() => dynamo.close());

const ledgerOf = (pipeline: string) => openLedger({ client: dynamo.client, table: "ledger", pipeline });

const input = (key: string, hash: string, status: Input["status"] = "pending"): Input => ({
  key,
  hash,
  status,
  run_id: null,
  size: 1,
  modified: "2026-11-20T00:00:00.000Z",
  version: null,
  reason: null,
  seq: null,
  again: null,
});

const run = (run_id: string): Run => ({
  run_id,
  status: "RUNNING",
  work: { kind: "load" },
  request: null,
  attempt: 1,
  failures: 0,
  execution: "e",
  files: [],
  started_at: "2026-11-20T00:00:00.000Z",
  finished_at: null,
  resumable: true,
  error: null,
  cause: null,
  publish: null,
  datasets: {},
  rows: {},
  reasons: { sessions: { "energy_kwh: below 0": 6 } },
  outcomes: [],
});

test("what is put is read, to the field", async () => {
  const ledger = ledgerOf("read");
  expect(await ledger.run("r")).toBeNull();
  expect(await ledger.putRun(run("r"), null)).toBe(true);
  expect(await ledger.run("r")).toMatchObject({ ...run("r"), revision: 1 });
});

test("an entry is put only in place of the one that was seen", async () => {
  const ledger = ledgerOf("conditions");
  const lease = { run_id: null, execution: "e1", expires_at: null };
  expect(await ledger.putLease(lease, null)).toBe(true);
  expect(await ledger.putLease({ ...lease, execution: "e2" }, null)).toBe(false);
  const seen = await ledger.lease();
  expect(await ledger.putLease({ ...lease, execution: "e2" }, seen)).toBe(true);
  expect(await ledger.putLease({ ...lease, execution: "e3" }, seen)).toBe(false);
  expect(await ledger.lease()).toMatchObject({ execution: "e2", revision: 2 });
});

test("of many that put at once, one does", async () => {
  const ledger = ledgerOf("race");
  const puts = Array.from({ length: 10 }, (_, at) =>
    ledger.putTotals({ publish: at, run_id: `r${at}`, rows: {} }, null),
  );
  expect((await Promise.all(puts)).filter(Boolean)).toHaveLength(1);
});

test("inputs are found by key, by key and content, and by state", async () => {
  const ledger = ledgerOf("inputs");
  for (const each of [
    input("a", "h1", "done"),
    input("a", "h2"),
    input("a#b", "h3"),
    input("ab", "h4", "held"),
  ]) {
    await ledger.putInput(each, null);
  }
  expect((await ledger.inputsOf("a")).map((each) => each.hash)).toEqual(["h1", "h2"]);
  expect((await ledger.inputsOf("a#b")).map((each) => each.hash)).toEqual(["h3"]);
  expect(await ledger.input("a", "h1")).toMatchObject({ status: "done" });
  expect(await ledger.input("a", "h9")).toBeNull();
  expect((await ledger.inputs("pending", "held")).map((each) => each.hash).sort()).toEqual([
    "h2",
    "h3",
    "h4",
  ]);
});

test("the newest runs come first", async () => {
  const ledger = ledgerOf("runs");
  for (const id of ["20260102T000000Z-a", "20260101T000000Z-b", "20260103T000000Z-c"]) {
    await ledger.putRun(run(id), null);
  }
  expect((await ledger.runs(2)).map((each) => each.run_id)).toEqual([
    "20260103T000000Z-c",
    "20260102T000000Z-a",
  ]);
});

test("more than one page is read whole", async () => {
  const ledger = ledgerOf("pages");
  const reason = "x".repeat(100_000);
  await Promise.all(
    Array.from({ length: 25 }, (_, at) => ledger.putInput({ ...input(`k${at}`, "h"), reason }, null)),
  );
  expect(await ledger.inputs("pending")).toHaveLength(25);
});

test("one pipeline does not see another's", async () => {
  await ledgerOf("one").putInput(input("a", "h"), null);
  expect(await ledgerOf("other").inputs("pending")).toEqual([]);
});
