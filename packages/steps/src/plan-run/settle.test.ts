import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { writeJson } from "@penstock/lake/objects.ts";
import { startDynamo, type TestDynamo } from "@penstock/lake/testing/dynamo.ts";
import { validationKey } from "@penstock/lake/zones.ts";
import { counts, newWorld, type World } from "../testing/plan-run-world.ts";

let dynamo: TestDynamo;
let world: World;
let runId: string;
beforeAll(async () => {
  dynamo = await startDynamo();
});
afterAll(() => dynamo.close());
beforeEach(async () => {
  world = await newWorld(dynamo);
  runId = await begun("e1", "one");
});
afterEach(() => world.leave());

async function begun(execution: string, content: string): Promise<string> {
  await world.drop("raw/demo/a.csv", content);
  return (await world.claim(execution)).run_id ?? "";
}

describe("what is published", () => {
  test("is counted, numbered and checked", async () => {
    await world.report(runId, {
      datasets: { sessions: { ...counts(7), inserted: 5, updated: 2 } },
      reasons: { sessions: { "energy_kwh: below 0": 1 } },
    });
    expect(await world.settle("e1", runId)).toEqual({
      outcome: "published",
      publish: 1,
      checks: [{ name: "counts", query: `SELECT 5, 5, '${runId}' FROM penstock.t` }],
      reason: null,
    });
    expect(await world.context.ledger.run(runId)).toMatchObject({
      status: "RUNNING",
      publish: 1,
      rows: { sessions: 5 },
      datasets: { sessions: { updated: 2 } },
      reasons: { sessions: { "energy_kwh: below 0": 1 } },
    });
  });

  test("adds to what was there before", async () => {
    await world.report(runId, { datasets: { sessions: counts(5) } });
    await world.settle("e1", runId);
    await world.finish("e1", runId);
    world.pass(60);
    const second = await begun("e2", "two");
    await world.report(second, { datasets: { sessions: { ...counts(4), inserted: 3, unchanged: 1 } } });
    const settled = await world.settle("e2", second);
    expect(settled).toMatchObject({ publish: 2 });
    expect(settled.checks[0]?.query).toContain("SELECT 8, 3");
  });

  test("is counted once, though the run is taken up again and its job finds its rows there already", async () => {
    await world.report(runId, { datasets: { sessions: counts(5) } });
    await world.settle("e1", runId);
    world.dead.add("e1");
    await world.claim("e2");
    await world.report(runId, { datasets: { sessions: { ...counts(5), inserted: 0, unchanged: 5 } } });
    const settled = await world.settle("e2", runId);
    expect(settled).toMatchObject({ publish: 1 });
    expect(settled.checks[0]?.query).toContain("SELECT 5, 5");
    expect(await world.context.ledger.run(runId)).toMatchObject({ datasets: { sessions: { inserted: 5 } } });
  });

  test("may have been there before, by a run that was given up when it had published and not told so", async () => {
    await world.report(runId, { datasets: { sessions: counts(5) } });
    await world.settle("e1", runId);
    await world.finish("e1", runId);
    world.pass(60);
    for (const execution of ["e2", "e3", "e4"]) {
      await begun(execution, "two");
      await world.fail(execution, "States.TaskFailed");
    }
    world.pass(60);
    const again = (await world.claim("e5", { again: true })).run_id ?? "";
    const there = { ...counts(3), inserted: 0, unchanged: 3, rows: 8 };
    await world.report(again, { datasets: { sessions: there } });
    expect((await world.settle("e5", again)).checks[0]?.query).toContain("SELECT 8, 0");
    await world.finish("e5", again);
    // from then on it is as ever: what the tables have without a run's having brought it shows
    world.pass(60);
    const next = await begun("e6", "three");
    await world.report(next, { datasets: { sessions: { ...counts(1), rows: 99 } } });
    expect((await world.settle("e6", next)).checks[0]?.query).toContain("SELECT 9, 1");
  });

  test("is checked by queries that may build on a metric", async () => {
    await world.report(runId, {});
    const checks = { bounds: "SELECT * FROM (${metrics.use}) WHERE ratio > 1" };
    const context = { ...world.context, facts: { ...world.context.facts, checks } };
    const { checks: filled } = await world.settle("e1", runId, context);
    expect(filled).toEqual([{ name: "bounds", query: "SELECT * FROM (SELECT 1) WHERE ratio > 1" }]);
  });

  test("may be nothing: a header without rows", async () => {
    await world.report(runId, { datasets: { sessions: counts(0) } });
    expect(await world.settle("e1", runId)).toMatchObject({ outcome: "published", publish: 1 });
  });
});

test("a broken gate is told with its reason, and nothing is numbered or counted", async () => {
  await world.report(runId, {
    outcome: "gate_failed",
    gates: [
      { dataset: "sessions", rule: "RowCount > 0", passed: true, detail: "" },
      {
        dataset: "sessions",
        rule: "mean of energy_kwh",
        passed: false,
        detail: "found 0.1, expected 0.5 to 80",
      },
    ],
  });
  expect(await world.settle("e1", runId)).toEqual({
    outcome: "gate_failed",
    publish: null,
    checks: [],
    reason: "sessions: mean of energy_kwh (found 0.1, expected 0.5 to 80)",
  });
  expect(await world.context.ledger.totals()).toBeNull();
});

test("a report of many reasons fits into the ledger, the most frequent first", async () => {
  const many = Object.fromEntries(Array.from({ length: 5000 }, (_, at) => [`reason ${at}`, at]));
  const files = [
    {
      key: "raw/demo/a.csv",
      status: "rejected",
      profile: null,
      rows: 0,
      reason: "x".repeat(900_000),
    } as const,
  ];
  await world.report(runId, { datasets: {}, reasons: { sessions: many }, files });
  await world.settle("e1", runId);
  const run = await world.context.ledger.run(runId);
  expect(Object.keys(run?.reasons["sessions"] ?? {})).toHaveLength(100);
  expect(run?.reasons["sessions"]).toMatchObject({ "reason 4999": 4999 });
  expect(run?.outcomes[0]?.reason).toHaveLength(150_000);
});

describe("a report is refused", () => {
  test.each([
    ["of another run", { run_id: "other" }, "it is of run other"],
    [
      "with no outcome",
      { outcome: "well" as never },
      'outcome: found "well", expected published or gate_failed',
    ],
    [
      "that drops rows",
      { datasets: { sessions: { ...counts(5), read: 6 } } },
      "sessions: read 6 is not accepted 5 + quarantined 0 + duplicates 0",
    ],
    [
      "that accepts rows into nowhere",
      { datasets: { sessions: { ...counts(5), inserted: 4 } } },
      "sessions: accepted 5 is not inserted 4 + updated 0 + unchanged 0 + superseded 0",
    ],
    [
      "without a count",
      { datasets: { sessions: { ...counts(5), updated: undefined as never } } },
      "sessions: updated: found undefined, expected a count",
    ],
    ["that forgets a file", { files: [] }, "it does not say what became of raw/demo/a.csv"],
  ])("%s", async (_, report, problem) => {
    await world.report(runId, report);
    await expect(world.settle("e1", runId)).rejects.toThrow(problem);
    expect(await world.context.ledger.totals()).toBeNull();
  });

  test("that isn't there", async () => {
    await expect(world.settle("e1", runId)).rejects.toThrow(/there is no .*report\.json/);
  });
});

test("an execution without the lease settles nothing", async () => {
  await world.report(runId, {});
  await expect(world.settle("e9", runId)).rejects.toMatchObject({ name: "LeaseLost" });
});

describe("when validate has looked at the files", () => {
  const rejected = {
    key: "raw/demo/a.csv",
    status: "rejected",
    profile: null,
    rows: 0,
    reason: "no profile",
  } as const;
  const validation = async () =>
    await writeJson(world.context.objects, validationKey("demo", runId), {
      run_id: runId,
      rejected: [rejected],
    });

  test("those that the job was not given are rejected with its reasons", async () => {
    await validation();
    await world.report(runId, { files: [], datasets: { sessions: counts(0) } });
    expect(await world.settle("e1", runId, undefined, { for_job: true })).toMatchObject({
      outcome: "published",
      publish: 1,
    });
    await world.finish("e1", runId);
    expect(await world.inputs()).toEqual(["a.csv rejected: no profile"]);
  });

  test("what the job says of a file that it was given stays", async () => {
    await validation();
    await world.report(runId, {});
    await world.settle("e1", runId, undefined, { for_job: true });
    await world.finish("e1", runId);
    expect(await world.inputs()).toEqual(["a.csv done"]);
  });

  test("a run without one that is left publishes nothing, and takes no number", async () => {
    await validation();
    expect(await world.settle("e1", runId, undefined, { for_job: false })).toEqual({
      outcome: "nothing_valid",
      publish: null,
      checks: [],
      reason: null,
    });
    const { notice } = await world.finish("e1", runId);
    expect(notice.subject).toBe("demo: 0 rows in, 1 file rejected");
    expect(notice.message).toContain("raw/demo/a.csv:\n    no profile");
    expect(await world.inputs()).toEqual(["a.csv rejected: no profile"]);
    expect(await world.context.ledger.totals()).toBeNull();
    // there is no table of it that one could go back to
    const work = { kind: "rollback", dataset: "sessions", to: runId };
    await expect(world.claim("e2", { work })).rejects.toThrow("published nothing that one could go back to");
  });
});
