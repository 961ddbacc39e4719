/** How runs end: finish and fail, and what is told of it. */

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { readJson } from "@penstock/lake/objects.ts";
import { startDynamo, type TestDynamo } from "@penstock/lake/testing/dynamo.ts";
import { endedKey } from "@penstock/lake/zones.ts";
import { counts, newWorld, type World } from "../testing/plan-run-world.ts";
import { plainCause } from "./fail.ts";

let dynamo: TestDynamo;
let world: World;
let runId: string;
beforeAll(async () => {
  dynamo = await startDynamo();
});
afterAll(() => dynamo.close());
beforeEach(async () => {
  world = await newWorld(dynamo);
  await world.drop("raw/demo/a.csv", "one");
  runId = (await world.claim("e1")).run_id ?? "";
});
afterEach(() => world.leave());

const lease = () => world.context.ledger.lease();
const theRun = () => world.context.ledger.run(runId);

describe("finish", () => {
  test("marks the run and its files, gives the lease back and tells", async () => {
    await world.report(runId, {
      datasets: { sessions: { ...counts(1200), read: 1210, quarantined: 8, duplicates: 2 } },
      reasons: { sessions: { "energy_kwh: below 0": 6, "ended_at: missing": 2 } },
    });
    await world.settle("e1", runId);
    world.pass(5);
    const ended = endedKey("demo", runId);
    expect(await world.context.objects.head(ended)).toBeNull();
    const { pending, notice } = await world.finish("e1", runId);
    expect(pending).toBe(false);
    expect(await readJson(world.context.objects, ended)).toEqual({ run_id: runId, attempt: 1 });
    const sessions = { read: 1210, accepted: 1200, quarantined: 8, duplicates: 2, published: 1200 };
    expect(world.samples).toEqual([{ values: sessions, unit: "Count", dimensions: { dataset: "sessions" } }]);
    expect(await theRun()).toMatchObject({ status: "SUCCEEDED", finished_at: "2026-11-20T20:15:17.000Z" });
    expect(await world.context.ledger.inputsOf("raw/demo/a.csv")).toMatchObject([{ status: "done", seq: 1 }]);
    expect(await lease()).toMatchObject({ execution: null, run_id: runId });
    expect(notice).toEqual({
      subject: "demo: 1,200 rows in, 8 quarantined",
      message: [
        "demo (local) succeeded.",
        `Run ${runId}, 1 file`,
        "",
        "sessions: 1,210 read, 1,200 accepted",
        "  1,200 new",
        "  8 quarantined, 2 duplicates",
        "    6 x energy_kwh: below 0",
        "    2 x ended_at: missing",
        "",
        "Next:",
        "  pnpm penstock quarantine sessions",
        "",
      ].join("\n"),
      attributes: {
        pipeline: "demo",
        environment: "local",
        run_id: runId,
        status: "SUCCEEDED",
        accepted: "1200",
        quarantined: "8",
        rejected_files: "0",
      },
    });
  });

  test("tells of rejected files, each with its reason", async () => {
    await world.report(runId, {
      datasets: {},
      files: [
        { key: "raw/demo/a.csv", status: "rejected", profile: null, rows: 0, reason: "no profile fits" },
      ],
    });
    await world.settle("e1", runId);
    const { notice } = await world.finish("e1", runId);
    expect(await world.inputs()).toEqual(["a.csv rejected: no profile fits"]);
    expect(notice.subject).toBe("demo: 0 rows in, 1 file rejected");
    expect(notice.message).toContain("1 file rejected:\n  raw/demo/a.csv:\n    no profile fits\n");
    expect(notice.attributes.rejected_files).toBe("1");
  });

  test("tells of rows that have waited too long for those they refer to", async () => {
    const sessions = { ...counts(10), read: 12, quarantined: 2, waiting: 5, overdue: 3 };
    await world.report(runId, { datasets: { sessions } });
    await world.settle("e1", runId);
    const { notice } = await world.finish("e1", runId);
    const waiting = "Waiting for the rows they refer to:\n  5 rows of sessions\n    3 of them for too long\n";
    expect(notice.message).toContain(waiting);
    expect(notice.message).toContain("  pnpm penstock quarantine sessions --reason orphan\n");
    expect((await theRun())?.datasets.sessions).toMatchObject({ waiting: 5, overdue: 3 });

    await world.drop("raw/demo/b.csv", "two");
    const second = (await world.claim("e2")).run_id ?? "";
    await world.report(second, { outcome: "gate_failed", datasets: { sessions } });
    await world.settle("e2", second);
    const failed = (await world.fail("e2", "GateFailed", "sessions: mean too low")).notice;
    expect(failed.message).toContain(waiting);
    expect(failed.message).toContain("  pnpm penstock quarantine sessions --reason orphan\n");
  });

  test("keeps the lease while files wait", async () => {
    await world.drop("raw/demo/b.csv", "two");
    await world.claim("e2");
    await world.report(runId, {});
    await world.settle("e1", runId);
    expect((await world.finish("e1", runId)).pending).toBe(true);
    expect(await lease()).toMatchObject({ execution: "e1" });
  });

  test("is refused without the lease", async () => {
    await world.report(runId, {});
    await world.settle("e1", runId);
    world.dead.add("e1");
    await world.claim("e2");
    await expect(world.finish("e1", runId)).rejects.toMatchObject({ name: "LeaseLost" });
    expect(await theRun()).toMatchObject({ status: "RUNNING", execution: "e2" });
  });
});

describe("fail", () => {
  test("for now: the next execution takes the run up under its own id", async () => {
    const { notice } = await world.fail("e1", "States.TaskFailed", '{"ErrorMessage":"out of memory"}');
    expect(await theRun()).toMatchObject({
      status: "FAILED",
      resumable: true,
      error: "States.TaskFailed",
      cause: "out of memory",
    });
    expect(await world.inputs()).toEqual(["a.csv claimed"]);
    expect(await lease()).toMatchObject({ execution: null, run_id: runId });
    expect(notice.subject).toBe("demo: FAILED, a job or a query broke");
    expect(notice.message).toContain("out of memory");
    expect(notice.message).toContain("The next run goes on where this one stopped;\nno file is lost.");
    expect(notice.message).toContain("  pnpm penstock run demo\n");
    expect(await world.claim("e2")).toMatchObject({ outcome: "claimed", run_id: runId, attempt: 2 });
  });

  test("by a job: no value of a row is kept or told", async () => {
    const message = "NumberFormatException: [CAST_INVALID_INPUT] The value 'driver-4711' is malformed";
    const { notice } = await world.fail("e1", "States.TaskFailed", JSON.stringify({ ErrorMessage: message }));
    expect((await theRun())?.cause).toBe("NumberFormatException [CAST_INVALID_INPUT]");
    expect(JSON.stringify(notice)).not.toContain("driver-4711");
    expect(notice.message).toContain(`Next:\n  pnpm penstock logs ${runId}\n  pnpm penstock run demo\n`);
  });

  test("three times: its files are held", async () => {
    for (const execution of ["e1", "e2", "e3"]) {
      if (execution !== "e1") await world.claim(execution);
      await world.fail(execution, "States.TaskFailed", "out of memory");
    }
    expect(await theRun()).toMatchObject({ status: "FAILED", resumable: false, attempt: 3 });
    expect(await readJson(world.context.objects, endedKey("demo", runId))).toEqual({
      run_id: runId,
      attempt: 3,
    });
    expect(await world.inputs()).toEqual(["a.csv held: States.TaskFailed: out of memory"]);
    expect((await world.claim("e4")).outcome).toBe("nothing");
  });

  test("by dying is no failure of its own, but not for ever", async () => {
    for (let at = 1; at < 20; at += 1) {
      world.dead.add(`e${at}`);
      expect(await world.claim(`e${at + 1}`)).toMatchObject({ outcome: "claimed", attempt: at + 1 });
    }
    world.dead.add("e20");
    expect((await world.claim("e21")).outcome).toBe("nothing");
    expect(await world.inputs()).toEqual(["a.csv held: TooManyAttempts: given up after 20 attempts"]);
  });

  test("by a gate: the files are held, and the notice names the branch", async () => {
    await world.report(runId, {
      outcome: "gate_failed",
      datasets: { sessions: { ...counts(5), branch: "run_x" } },
    });
    await world.settle("e1", runId);
    const { notice } = await world.fail("e1", "GateFailed", "sessions: mean too low");
    expect(await world.inputs()).toEqual(["a.csv held: GateFailed: sessions: mean too low"]);
    expect(notice.subject).toBe("demo: FAILED, a gate is broken");
    expect(notice.message).toContain(
      "run with --again.\nWhat would have been is on the branches\n  sessions: run_x\n",
    );
    expect(notice.message).toContain("pnpm penstock run demo --again");
    expect(notice.attributes).toMatchObject({ status: "FAILED", run_id: runId });
  });

  test("tells how many files wait besides", async () => {
    await world.drop("raw/demo/b.csv", "two");
    await world.claim("e2");
    const { notice } = await world.fail("e1", "GateFailed");
    expect(notice.message).toContain("1 file wait");
    expect(await world.claim("e3")).toMatchObject({ outcome: "claimed", attempt: 1 });
    expect((await world.inputs()).sort()).toEqual(["a.csv held: GateFailed: because", "b.csv claimed"]);
  });

  test("outside of a run tells so, and leaves the finished run alone", async () => {
    await world.report(runId, {});
    await world.settle("e1", runId);
    await world.finish("e1", runId);
    const { notice } = await world.fail("e1", "Runtime.ExitError", "killed");
    expect(await theRun()).toMatchObject({ status: "SUCCEEDED", error: null });
    expect(notice.message).toContain("demo (local) failed outside of a run.");
    expect(notice.attributes.run_id).toBe("none");
  });

  test("by an execution whose lease was taken over changes nothing", async () => {
    world.dead.add("e1");
    await world.claim("e2");
    await world.fail("e1", "States.Timeout");
    expect(await theRun()).toMatchObject({ status: "RUNNING", execution: "e2" });
    expect(await lease()).toMatchObject({ execution: "e2" });
  });
});

test("a cause is told without the JSON that a service puts around it", () => {
  expect(plainCause('{"errorType":"BadReport","errorMessage":"it is empty","trace":[]}')).toBe("it is empty");
  expect(plainCause('{"Id":"jr_1","ErrorMessage":"out of memory"}')).toBe("out of memory");
  expect(plainCause('{"a":1}')).toBe('{"a":1}');
  expect(plainCause("plain")).toBe("plain");
  expect(plainCause("x".repeat(9999))).toHaveLength(2000);
});
