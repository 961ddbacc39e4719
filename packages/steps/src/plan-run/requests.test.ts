/** Work that is no file: asked for once, done by a run of its own, whoever holds the lease. */

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { readJson } from "@penstock/lake/objects.ts";
import type { Report } from "@penstock/lake/report.ts";
import { startDynamo, type TestDynamo } from "@penstock/lake/testing/dynamo.ts";
import { counts, newWorld, type World } from "../testing/plan-run-world.ts";

jest.setTimeout(60_000);

let dynamo: TestDynamo;
let world: World;
beforeAll(async () => {
  dynamo = await startDynamo();
});
afterAll(() => dynamo.close());
beforeEach(async () => {
  world = await newWorld(dynamo);
});
afterEach(() => world.leave());

const redrive = { work: { kind: "redrive", dataset: "sessions", reason: "energy" } };
const rollback = (to: string | null) => ({ work: { kind: "rollback", dataset: "sessions", to } });
const maintain = { work: { kind: "maintain" } };

async function end(execution: string, runId: string | null, report: Partial<Report> = {}): Promise<string> {
  const id = runId ?? "";
  await world.report(id, report);
  await world.settle(execution, id);
  await world.finish(execution, id);
  world.pass(60);
  return id;
}

/** A file through a run of its own, which leaves a snapshot. */
async function load(name: string, snapshot_id: string, rows = 10): Promise<string> {
  await world.drop(`raw/demo/${name}`, name);
  const { run_id } = await world.claim(`load ${name}`);
  return await end(`load ${name}`, run_id, { datasets: { sessions: { ...counts(rows), snapshot_id } } });
}

const nothing = { sessions: { ...counts(0), snapshot_id: "s" } };
const statuses = async () =>
  (await world.context.ledger.runs(10)).map((run) => [run.run_id, run.status]).reverse();

describe("a request", () => {
  test("is claimed by a run without files, whose manifest says what to do", async () => {
    const { outcome, run_id } = await world.claim("e1", redrive);
    expect(outcome).toBe("claimed");
    expect(await readJson(world.context.objects, `runs/demo/${run_id}/manifest.json`)).toMatchObject({
      work: { kind: "redrive", dataset: "sessions", run: null, reason: "energy", file: null },
      files: [],
    });
    expect(await world.context.ledger.request("e1")).toMatchObject({ status: "claimed", run_id });
    await end("e1", run_id);
    expect(await world.context.ledger.request("e1")).toMatchObject({ status: "done", run_id });
    expect((await world.claim("e1", redrive)).outcome).toBe("nothing");
  });

  test("waits while another run goes on, and that execution does it, before the files that wait", async () => {
    await world.drop("raw/demo/a.csv", "one");
    const first = await world.claim("e1");
    expect((await world.claim("e2", redrive)).outcome).toBe("joined");
    await world.drop("raw/demo/b.csv", "two");
    expect((await world.claim("e3")).outcome).toBe("joined");
    await world.report(first.run_id ?? "", {});
    await world.settle("e1", first.run_id ?? "");
    expect((await world.finish("e1", first.run_id ?? "")).pending).toBe(true);
    const second = await world.claim("e1");
    expect(await world.context.ledger.request("e2")).toMatchObject({
      status: "claimed",
      run_id: second.run_id,
    });
    await end("e1", second.run_id);
    const third = await world.claim("e1");
    expect(third.outcome).toBe("claimed");
    expect(await world.inputs()).toEqual(["a.csv done", "b.csv claimed"]);
  });

  test("whose run is given up has failed, and is not tried again", async () => {
    const { run_id } = await world.claim("e1", redrive);
    await world.fail("e1", "GateFailed");
    expect(await world.context.ledger.request("e1")).toMatchObject({ status: "failed", run_id });
    expect((await world.claim("e2")).outcome).toBe("nothing");
  });

  test("of a dead execution is resumed under its run's id", async () => {
    const { run_id } = await world.claim("e1", redrive);
    world.dead.add("e1");
    expect(await world.claim("e2")).toMatchObject({ outcome: "claimed", run_id, attempt: 2 });
  });

  test.each([
    [{ work: 1 }, "work: expected an object"],
    [
      { work: { kind: "paint" } },
      'work.kind: found "paint", expected redrive, rollback, maintain or migrate',
    ],
    [{ work: { kind: "redrive", dataset: "session" } }, 'demo has no dataset "session"; it has sessions'],
    [{ work: { kind: "redrive", dataset: 7 } }, "work.dataset: expected a text"],
    [rollback("20260101T000000Z-aaaaaa"), 'demo knows no run "20260101T000000Z-aaaaaa"'],
  ])("that makes no sense is refused: %j", async (event, problem) => {
    await expect(world.claim("e1", event)).rejects.toThrow(problem);
    expect(await world.context.ledger.requests("pending")).toEqual([]);
  });
});

describe("a rollback", () => {
  test("undoes the runs since, with their files, and the totals are those of the run it goes back to", async () => {
    const first = await load("a.csv", "1");
    const second = await load("b.csv", "2", 5);
    const empty = await load("c.csv", "2", 0);
    const { run_id } = await world.claim("back", rollback(first));
    const manifest = await readJson(world.context.objects, `runs/demo/${run_id}/manifest.json`);
    expect(manifest).toMatchObject({
      work: { kind: "rollback", dataset: "sessions", to: first, snapshot_id: "1" },
      undone: [second],
    });
    await end("back", run_id, { datasets: nothing });
    expect(await statuses()).toEqual([
      [first, "SUCCEEDED"],
      [second, "ROLLED_BACK"],
      [empty, "SUCCEEDED"],
      [run_id, "SUCCEEDED"],
    ]);
    expect(await world.context.ledger.totals()).toMatchObject({ publish: 4, rows: { sessions: 10 } });
    expect(await world.inputs()).toEqual([
      "a.csv done",
      `b.csv rolled_back: run ${second} was rolled back by ${run_id}`,
      "c.csv done",
    ]);
  });

  test("leaves its files alone until they are asked for again", async () => {
    const first = await load("a.csv", "1");
    await load("b.csv", "2");
    await end("back", (await world.claim("back", rollback(first))).run_id, { datasets: nothing });
    expect((await world.claim("sweep")).outcome).toBe("nothing");
    const again = await world.claim("again", { again: true });
    expect(again.outcome).toBe("claimed");
    expect((await world.context.ledger.run(again.run_id ?? ""))?.files.map(({ key }) => key)).toEqual([
      "raw/demo/b.csv",
    ]);
  });

  test("to nothing undoes every run", async () => {
    const first = await load("a.csv", "1");
    const { run_id } = await world.claim("back", rollback(null));
    await end("back", run_id, { datasets: nothing });
    expect(await statuses()).toEqual([
      [first, "ROLLED_BACK"],
      [run_id, "SUCCEEDED"],
    ]);
    expect(await world.context.ledger.totals()).toMatchObject({ rows: { sessions: 0 } });
  });

  test("is refused to a run that was rolled back itself, or that published nothing", async () => {
    const first = await load("a.csv", "1");
    const second = await load("b.csv", "2");
    await end("back", (await world.claim("back", rollback(first))).run_id, { datasets: nothing });
    await expect(world.claim("e1", rollback(second))).rejects.toThrow(`run ${second} was rolled back itself`);
    await world.drop("raw/demo/c.csv", "three");
    const { run_id } = await world.claim("e2");
    await world.fail("e2", "GateFailed");
    await expect(world.claim("e3", rollback(run_id))).rejects.toThrow(`run ${run_id} published nothing`);
  });

  test("that a sanity query stops has taken the table back all the same: its files return when asked for", async () => {
    const first = await load("a.csv", "1");
    const second = await load("b.csv", "2");
    const { run_id } = await world.claim("back", rollback(first));
    await world.report(run_id ?? "", { datasets: nothing });
    await world.settle("back", run_id ?? "");
    await world.fail("back", "SanityCheckFailed");
    expect((await world.context.ledger.run(run_id ?? ""))?.status).toBe("FAILED");
    expect((await world.context.ledger.run(second))?.status).toBe("ROLLED_BACK");
    expect(await world.inputs()).toContainEqual(expect.stringMatching(/^b.csv rolled_back/));
    expect((await world.claim("again", { again: true })).outcome).toBe("claimed");
  });

  test("also undoes a run whose sanity queries failed, and the notice of that failure says how", async () => {
    const first = await load("a.csv", "1");
    await world.drop("raw/demo/b.csv", "two");
    const second = (await world.claim("e2")).run_id ?? "";
    await world.report(second, { datasets: { sessions: { ...counts(5), snapshot_id: "2" } } });
    await world.settle("e2", second);
    const { notice } = await world.fail("e2", "SanityCheckFailed");
    expect(notice.message).toContain(`pnpm penstock rollback sessions --to ${first}`);
    await end("back", (await world.claim("back", rollback(first))).run_id, { datasets: nothing });
    expect((await world.context.ledger.run(second))?.status).toBe("ROLLED_BACK");
    expect(await world.inputs()).toContainEqual(expect.stringMatching(/^b.csv rolled_back/));
  });
});

test("maintenance is told which snapshots a rollback may want", async () => {
  const first = await load("a.csv", "1");
  await load("b.csv", "2");
  await end("back", (await world.claim("back", rollback(first))).run_id, { datasets: nothing });
  await load("c.csv", "3");
  const { run_id } = await world.claim("e1", maintain);
  expect(await readJson(world.context.objects, `runs/demo/${run_id}/manifest.json`)).toMatchObject({
    work: { kind: "maintain" },
    keep: { sessions: ["3", "s", "1"] },
  });
});
