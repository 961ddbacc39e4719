import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { readJson } from "@penstock/lake/objects.ts";
import type { Manifest, ReportedFile } from "@penstock/lake/report.ts";
import { startDynamo, type TestDynamo } from "@penstock/lake/testing/dynamo.ts";
import { created, newWorld, type World } from "../testing/plan-run-world.ts";

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

const a = "raw/demo/orders/a.csv";
const b = "raw/demo/b.csv";
const first = "20261120T201512Z-000001";

/** From claim to finish, as the state machine does it; the files named in `rejected` are none. */
async function run(execution: string, event: unknown = {}, rejected: readonly string[] = []) {
  const claim = await world.claim(execution, event);
  const runId = claim.run_id ?? "";
  if (claim.outcome !== "claimed") return { runId: null, manifest: null };
  const manifest = (await readJson(world.context.objects, `runs/demo/${runId}/manifest.json`)) as Manifest;
  const files = manifest.files.map(
    ({ key }): ReportedFile =>
      rejected.includes(key)
        ? { key, status: "rejected", profile: "p", rows: 0, reason: "not what it says" }
        : { key, status: "accepted", profile: "p", rows: 1, reason: null },
  );
  await world.report(runId, { files });
  await world.settle(execution, runId);
  await world.putAway(execution, runId);
  await world.finish(execution, runId);
  world.pass(60);
  return { runId, manifest };
}

const text = async (key: string): Promise<string> =>
  new TextDecoder().decode(await world.context.objects.read(key));
const liesAt = (manifest: Manifest | null) =>
  manifest?.files.map(({ key, lies_at, url }) => ({ key, lies_at, url }));
const away = async () => [...(await world.keys("archive/")), ...(await world.keys("rejected/"))];

describe("a run that is done", () => {
  test("leaves its files in the archive, and nothing where they were dropped", async () => {
    await world.drop(a, "one");
    await world.drop(b, "two");
    await run("e1");
    expect(await world.keys("raw/")).toEqual([]);
    expect(await away()).toEqual([
      `archive/demo/run=${first}/b.csv`,
      `archive/demo/run=${first}/orders/a.csv`,
    ]);
    expect(await text(`archive/demo/run=${first}/orders/a.csv`)).toBe("one");
    expect((await world.context.ledger.inputsOf(a))[0]).toMatchObject({
      status: "done",
      put_away: `archive/demo/run=${first}/orders/a.csv`,
    });
  });

  test("puts a rejected file where it can be mended, with the reason beside it", async () => {
    await world.drop(a, "one");
    await world.drop(b, "two");
    await run("e1", {}, [a]);
    const key = `rejected/demo/run=${first}/orders/a.csv`;
    expect(await away()).toEqual([`archive/demo/run=${first}/b.csv`, key, `${key}.reason.json`]);
    expect(await readJson(world.context.objects, `${key}.reason.json`)).toEqual({
      key: a,
      run_id: first,
      reason: "not what it says",
      profile: "p",
      rejected_at: "2026-11-20T20:15:12.000Z",
      next: [
        `Mend it and drop it again as ${a}; or add its format to the pipeline's sources, then:`,
        "pnpm penstock run demo --again",
      ],
    });
  });

  test("leaves what replaced a file meanwhile, which is a run of its own", async () => {
    await world.drop(a, "one");
    const { run_id } = await world.claim("e1");
    await world.drop(a, "another");
    await world.report(run_id ?? "", {});
    await world.settle("e1", run_id ?? "");
    expect(await world.putAway("e1", run_id ?? "")).toEqual({ archived: 0, rejected: 0, gone: 1 });
    await world.finish("e1", run_id ?? "");
    expect(await text(a)).toBe("another");
    world.pass(60);
    await run("e2", created(a));
    expect(await world.keys("raw/")).toEqual([]);
    expect(await world.inputs()).toEqual(["orders/a.csv done", "orders/a.csv done"]);
  });

  test("of no files puts nothing away", async () => {
    await world.drop(a, "one");
    await run("e1");
    const { run_id } = await world.claim("e2", { work: { kind: "maintain" } });
    await world.report(run_id ?? "", { files: [] });
    await world.settle("e2", run_id ?? "");
    expect(await world.putAway("e2", run_id ?? "")).toEqual({ archived: 0, rejected: 0, gone: 0 });
  });

  test("a reason file that is dropped with the file it is of takes no place that is another's", async () => {
    const reason = `${a}.reason.json`;
    await world.drop(a, "one");
    await world.drop(reason, "{}");
    await run("e1", {}, [a, reason]);
    const key = `rejected/demo/run=${first}/orders/a.csv`;
    expect(await text(key)).toBe("one");
    expect(await text(`${key}.reason.json.txt`)).toBe("{}");
    expect(await readJson(world.context.objects, `${key}.reason.json`)).toMatchObject({ key: a });
  });

  test("a name as long as a file system takes has its reason too", async () => {
    const long = `raw/demo/${"é".repeat(125)}.csv`;
    await world.drop(long, "one");
    await run("e1", {}, [long]);
    expect((await world.keys("rejected/")).map((key) => key.endsWith(".reason.json"))).toEqual([false, true]);
  });
});

test("a run whose gate breaks leaves its files where they are", async () => {
  await world.drop(a, "one");
  const { run_id } = await world.claim("e1");
  await world.report(run_id ?? "", { outcome: "gate_failed" });
  await world.settle("e1", run_id ?? "");
  await world.fail("e1", "GateFailed");
  expect(await world.keys("raw/")).toEqual([a]);
  expect(await away()).toEqual([]);
  await run("e2", { again: true });
  expect(await world.keys("raw/")).toEqual([]);
});

describe("dropped again, a file that is in the archive", () => {
  test.each([
    ["by its event", created(a)],
    ["by a sweep", {}],
    ["by a person", { inputs: [a] }],
  ])("is no run, and goes (%s)", async (_, event) => {
    await world.drop(a, "one");
    await run("e1");
    await world.drop(a, "one");
    expect((await run("e2", event)).runId).toBeNull();
    expect(await world.keys("raw/")).toEqual([]);
    expect(await text(`archive/demo/run=${first}/orders/a.csv`)).toBe("one");
  });

  test("stays when the archive has lost it", async () => {
    await world.drop(a, "one");
    await run("e1");
    await world.context.objects.delete(`archive/demo/run=${first}/orders/a.csv`);
    await world.drop(a, "one");
    expect((await run("e2", created(a))).runId).toBeNull();
    expect(await text(a)).toBe("one");
  });

  test("with other content is a run, and both are kept", async () => {
    await world.drop(a, "one");
    await run("e1");
    await world.drop(a, "two");
    const { runId } = await run("e2", created(a));
    expect(await away()).toEqual([
      `archive/demo/run=${first}/orders/a.csv`,
      `archive/demo/run=${runId}/orders/a.csv`,
    ]);
  });
});

describe("asked for again, a file that was put away", () => {
  test("is read from the archive, and stays there", async () => {
    await world.drop(a, "one");
    await run("e1");
    const input = (await world.context.ledger.inputsOf(a))[0];
    const { runId, manifest } = await run("e2", { inputs: [a], again: true });
    const at = `archive/demo/run=${first}/orders/a.csv`;
    expect(liesAt(manifest)).toEqual([{ key: a, lies_at: at, url: world.context.objects.url(at) }]);
    expect(manifest?.files[0]).toMatchObject({ hash: input?.hash, modified: input?.modified });
    expect(await away()).toEqual([at]);
    expect((await world.context.ledger.inputsOf(a))[0]).toMatchObject({ status: "done", run_id: runId });
    // the same execution goes round for other files
    expect((await run("e2", { inputs: [a], again: true })).runId).toBeNull();
  });

  test("after a rollback is read from the archive, each content of its key by a run of its own, the oldest first", async () => {
    await world.drop(b, "before");
    const before = await run("e0");
    await world.drop(a, "one");
    const one = await run("e1");
    await world.drop(a, "two, larger");
    const two = await run("e2");
    const work = { kind: "rollback", dataset: "sessions", to: before.runId };
    await run("e3", { work });
    expect((await world.inputs()).filter((input) => input.includes("rolled_back"))).toHaveLength(2);
    const again = [await run("e4", { again: true }), await run("e4", { again: true })];
    expect(again.map(({ manifest }) => manifest?.files.map(({ lies_at }) => lies_at))).toEqual([
      [`archive/demo/run=${one.runId}/orders/a.csv`],
      [`archive/demo/run=${two.runId}/orders/a.csv`],
    ]);
    expect((await run("e4", { again: true })).runId).toBeNull();
  });

  test("and rejected is read from there; taken in, it goes to the archive", async () => {
    await world.drop(a, "one");
    await run("e1", {}, [a]);
    const again = await run("e2", { again: true }, [a]);
    const second = `rejected/demo/run=${again.runId}/orders/a.csv`;
    expect(liesAt(again.manifest)).toMatchObject([{ lies_at: `rejected/demo/run=${first}/orders/a.csv` }]);
    expect(await world.keys("rejected/")).toContain(second);
    const { runId, manifest } = await run("e3", { again: true });
    expect(liesAt(manifest)).toMatchObject([{ lies_at: second }]);
    expect(await world.keys("archive/")).toEqual([`archive/demo/run=${runId}/orders/a.csv`]);
    expect(await world.inputs()).toEqual(["orders/a.csv done"]);
  });

  test("and rejected is left alone when it was mended since", async () => {
    await world.drop(a, "one");
    await run("e1", {}, [a]);
    await new Promise((resolve) => setTimeout(resolve, 5));
    await world.drop(a, "mended");
    await run("e2", created(a));
    expect((await run("e3", { again: true })).runId).toBeNull();
  });

  test("an event that comes late does not make it one that is gone", async () => {
    await world.drop(a, "one");
    await run("e1");
    await world.drop(b, "two");
    const holder = await world.claim("e2");
    expect((await world.claim("e3", { inputs: [a], again: true })).outcome).toBe("joined");
    expect((await world.claim("e4", created(a, "f97c5d29941bfb1b2fdab0874906ab82"))).outcome).toBe("joined");
    expect((await world.inputs()).sort()).toEqual(["b.csv claimed", "orders/a.csv pending"]);
    expect(holder.outcome).toBe("claimed");
  });
});

test("a rejected file that comes back as it was, its time included, is tried once more", async () => {
  await world.drop(a, "one");
  const { runId } = await run("e1", {}, [a]);
  const content = (await world.context.ledger.inputsOf(a))[0];
  if (content === undefined) throw new Error("no input");
  await world.context.objects.copy({ ...content, key: `rejected/demo/run=${runId}/orders/a.csv` }, a);
  expect((await run("e2", created(a))).runId).not.toBeNull();
  expect(await world.keys("raw/")).toEqual([]);
});

test("a run that is resumed finds its files where they lie by then", async () => {
  await world.drop(a, "one");
  await world.drop(b, "two");
  const { run_id } = await world.claim("e1");
  await world.report(run_id ?? "", {});
  await world.settle("e1", run_id ?? "");
  await world.putAway("e1", run_id ?? "");
  world.dead.add("e1");
  expect(await world.claim("e2")).toMatchObject({ run_id, attempt: 2 });
  const manifest = (await readJson(world.context.objects, `runs/demo/${run_id}/manifest.json`)) as Manifest;
  expect(liesAt(manifest)?.map(({ lies_at }) => lies_at)).toEqual(
    expect.arrayContaining(await world.keys("archive/")),
  );
  expect(await world.putAway("e2", run_id ?? "")).toEqual({ archived: 2, rejected: 0, gone: 0 });
  await world.finish("e2", run_id ?? "");
  expect((await world.inputs()).sort()).toEqual(["b.csv done", "orders/a.csv done"]);
});
