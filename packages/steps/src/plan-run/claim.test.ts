import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { readJson } from "@penstock/lake/objects.ts";
import type { Manifest } from "@penstock/lake/report.ts";
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

const a = "raw/demo/a.csv";
const b = "raw/demo/b.csv";

/** From claim to finish, as the state machine does it. */
async function run(execution: string, event: unknown = {}) {
  const claim = await world.claim(execution, event);
  if (claim.run_id === null || claim.outcome !== "claimed") return claim;
  await world.report(claim.run_id, {});
  await world.settle(execution, claim.run_id);
  await world.finish(execution, claim.run_id);
  return claim;
}

describe("an event", () => {
  test("claims its file for a run, and says where the manifest is", async () => {
    await world.drop(a, "one");
    const claim = await world.claim("e1", created(a));
    expect(claim).toEqual({
      outcome: "claimed",
      run_id: "20261120T201512Z-000001",
      manifest: world.context.objects.url("runs/demo/20261120T201512Z-000001/manifest.json"),
      attempt: 1,
      workers: 2,
    });
    expect(await readJson(world.context.objects, "runs/demo/20261120T201512Z-000001/manifest.json")).toEqual({
      run_id: "20261120T201512Z-000001",
      pipeline: "demo",
      prefix: "raw/demo/",
      attempt: 1,
      work: { kind: "load" },
      undone: [],
      keep: {},
      files: [
        {
          key: a,
          lies_at: a,
          url: world.context.objects.url(a),
          hash: "sha256:7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed",
          version: null,
          size: 3,
          modified: expect.stringMatching(/^\d{4}-.*Z$/),
        },
      ],
    });
    expect(await world.inputs()).toEqual(["a.csv claimed"]);
  });

  test.each([
    ["outside the prefix", "raw/other/a.csv"],
    ["a folder's marker", "raw/demo/sub/"],
    ["hidden", "raw/demo/.a.csv.tmp"],
    ["temporary", "raw/demo/_temporary/0/part.csv"],
  ])("of a key that is %s claims nothing", async (_, key) => {
    if (!key.endsWith("/")) await world.drop(key, "x");
    expect(await world.claim("e1", created(key))).toMatchObject({ outcome: "nothing", run_id: null });
    expect(await world.inputs()).toEqual([]);
  });

  test("is taken with its key as it is, not URL-decoded", async () => {
    const odd = "raw/demo/a+b c%20d.csv";
    await world.drop(odd, "x");
    expect((await world.claim("e1", created(odd))).outcome).toBe("claimed");
    expect(await world.inputs()).toEqual(["a+b c%20d.csv claimed"]);
  });

  test("told three times is one run", async () => {
    await world.drop(a, "one");
    expect((await run("e1", created(a))).outcome).toBe("claimed");
    expect((await run("e2", created(a))).outcome).toBe("nothing");
    expect((await run("e3", created(a))).outcome).toBe("nothing");
    expect(await world.inputs()).toEqual(["a.csv done"]);
  });

  test("of a file that is gone is rejected with that reason, and claims nothing", async () => {
    expect((await world.claim("e1", created(a))).outcome).toBe("nothing");
    expect(await world.inputs()).toEqual(["a.csv rejected: deleted before a run could read it"]);
    expect(await world.ledger()).toContainEqual(expect.objectContaining({ item: "lease", execution: null }));
  });

  test("of a file that was read and then deleted changes nothing", async () => {
    await world.drop(a, "one");
    await run("e1", created(a));
    await world.context.objects.delete(a);
    await run("e2", created(a));
    expect(await world.inputs()).toEqual(["a.csv done"]);
  });

  test("without a key is refused", async () => {
    await expect(world.claim("e1", { detail: { object: {} } })).rejects.toThrow(/without detail.object.key/);
  });
});

describe("contents", () => {
  test("the same file again is nothing; another content under its key is a run", async () => {
    await world.drop(a, "one");
    await run("e1", created(a));
    await world.drop(a, "one");
    expect((await run("e2", created(a))).outcome).toBe("nothing");
    await world.drop(a, "two");
    expect((await run("e3", created(a))).outcome).toBe("claimed");
    expect(await world.inputs()).toEqual(["a.csv done", "a.csv done"]);
  });

  test("the first content again after the second is a run: the second is what the tables have", async () => {
    for (const [at, content] of ["one", "two", "one", "two"].entries()) {
      await world.drop(a, content);
      expect((await run(`e${at}`, created(a))).outcome).toBe("claimed");
    }
    const bySeq = (await world.context.ledger.inputsOf(a)).map((input) => input.seq);
    expect(bySeq.sort()).toEqual([3, 4]);
  });

  test("a file deleted between its event and a run is rejected, and the others go on", async () => {
    await world.drop(a, "one");
    await world.drop(b, "two");
    await world.claim("e0", created("raw/demo/none.csv"));
    const holder = await world.claim("e1", created(a));
    expect(holder.outcome).toBe("claimed");
    expect((await world.claim("e2", created(b))).outcome).toBe("joined");
    await world.context.objects.delete(b);
    await world.report(holder.run_id ?? "", {});
    await world.settle("e1", holder.run_id ?? "");
    expect((await world.finish("e1", holder.run_id ?? "")).pending).toBe(true);
    expect((await world.claim("e1", created(a))).outcome).toBe("nothing");
    expect(await world.inputs()).toContain("b.csv rejected: deleted before a run could read it");
  });

  test("a file replaced between its event and a run is read as it is now", async () => {
    await world.drop(a, "one");
    await world.drop(b, "two");
    await world.claim("e1", created(a));
    await world.claim("e2", created(b));
    await world.drop(b, "three");
    world.dead.add("e1");
    await world.fail("e1", "GateFailed");
    const claim = await world.claim("e3", created("raw/other/x"));
    expect(claim.outcome).toBe("claimed");
    expect((await world.inputs()).sort()).toEqual([
      "a.csv held: GateFailed: because",
      "b.csv claimed",
      "b.csv rejected: replaced by another content before a run could read it",
    ]);
  });

  test("a file replaced while it is read is an input of its own, which waits for the run that is resumed", async () => {
    await world.drop(a, "one");
    const first = await world.claim("e1", created(a));
    const runId = first.run_id ?? "";
    await world.drop(a, "two");
    expect((await world.claim("e2", created(a))).outcome).toBe("joined");
    await world.fail("e1", "States.TaskFailed", "FileChangedError: raw/demo/a.csv");
    expect(await world.claim("e3", {})).toMatchObject({ run_id: runId, attempt: 2 });
    const files = async (run: string) =>
      ((await readJson(world.context.objects, `runs/demo/${run}/manifest.json`)) as Manifest).files;
    expect((await files(runId)).map(({ size, hash }) => [size, hash.slice(0, 13)])).toEqual([
      [3, "sha256:7692c3"],
    ]);
    const rejected = { key: a, status: "rejected", profile: null, rows: 0, reason: "it changed" } as const;
    await world.report(runId, { files: [rejected] });
    await world.settle("e3", runId);
    expect((await world.finish("e3", runId)).pending).toBe(true);
    expect((await run("e3")).outcome).toBe("claimed");
    expect((await world.inputs()).sort()).toEqual(["a.csv done", "a.csv rejected: it changed"]);
  });

  test("a rejected file that is dropped once more is tried once more; its event told twice is not", async () => {
    await world.drop(a, "one");
    const claim = await world.claim("e1", created(a));
    const rejected = { key: a, status: "rejected", profile: null, rows: 0, reason: "no profile" } as const;
    await world.report(claim.run_id ?? "", { files: [rejected], datasets: {} });
    await world.settle("e1", claim.run_id ?? "");
    await world.finish("e1", claim.run_id ?? "");
    expect(await world.inputs()).toEqual(["a.csv rejected: no profile"]);
    expect((await world.claim("e2", created(a))).outcome).toBe("nothing");
    await new Promise((resolve) => setTimeout(resolve, 5));
    await world.drop(a, "one");
    expect((await world.claim("e3", created(a))).outcome).toBe("claimed");
  });
});

describe("the lease", () => {
  test("of two that claim at once, one gets both files and the other joins", async () => {
    await world.drop(a, "one");
    await world.drop(b, "two");
    const claims = await Promise.all([world.claim("e1", created(a)), world.claim("e2", created(b))]);
    expect(claims.map((claim) => claim.outcome).sort()).toEqual(["claimed", "joined"]);
    const winner = claims[0].outcome === "claimed" ? "e1" : "e2";
    const runId = claims.find((claim) => claim.outcome === "claimed")?.run_id ?? "";
    await world.report(runId, {});
    await world.settle(winner, runId);
    if ((await world.finish(winner, runId)).pending) await run(winner);
    expect((await world.inputs()).sort()).toEqual(["a.csv done", "b.csv done"]);
  });

  test("a hundred files at once are one or two runs, and each file is in one of them", async () => {
    const keys = Array.from({ length: 100 }, (_, at) => `raw/demo/${at}.csv`);
    await Promise.all(keys.map((key) => world.drop(key, key)));
    const claims = await Promise.all(
      keys.map(async (key, at) => ({
        execution: `e${at}`,
        claim: await world.claim(`e${at}`, created(key)),
      })),
    );
    const [holder, ...others] = claims.filter(({ claim }) => claim.outcome === "claimed");
    expect(others).toEqual([]);
    const runId = holder?.claim.run_id ?? "";
    const execution = holder?.execution ?? "";
    await world.report(runId, {});
    await world.settle(execution, runId);
    if ((await world.finish(execution, runId)).pending) await run(execution);
    const runs = await world.context.ledger.runs(10);
    expect(runs.length).toBeLessThanOrEqual(2);
    const files = runs.flatMap((each) => each.files.map((file) => file.key));
    expect(files.sort()).toEqual([...keys].sort());
  });

  test("what is registered while the holder gives the lease back is not left behind", async () => {
    await world.drop(a, "one");
    await world.drop(b, "two");
    const { run_id } = await world.claim("e1", created(a));
    await world.report(run_id ?? "", {});
    await world.settle("e1", run_id ?? "");
    // the other registers and joins after the holder has looked for pending files and before it lets go
    let looked = false;
    const ledger = new Proxy(world.context.ledger, {
      get(target, name, receiver) {
        if (name !== "inputs" || looked) return Reflect.get(target, name, receiver);
        return async (...states: never[]) => {
          looked = true;
          const before = await target.inputs(...states);
          expect((await world.claim("e2", created(b))).outcome).toBe("joined");
          return before;
        };
      },
    });
    expect((await world.finish("e1", run_id ?? "", { ...world.context, ledger })).pending).toBe(true);
    expect((await world.claim("e1", created(a))).outcome).toBe("claimed");
    expect(await world.inputs()).toEqual(["a.csv done", "b.csv claimed"]);
  });

  test("of a dead execution is taken over, and its run resumed under its own id", async () => {
    await world.drop(a, "one");
    const first = await world.claim("e1", created(a));
    await world.drop(b, "two");
    expect((await world.claim("e2", created(b))).outcome).toBe("joined");
    world.dead.add("e1");
    const second = await world.claim("e3");
    expect(second).toMatchObject({ outcome: "claimed", run_id: first.run_id, attempt: 2 });
    expect(await world.inputs()).toEqual(["a.csv claimed", "b.csv pending"]);
    await expect(world.settle("e1", first.run_id ?? "")).rejects.toThrow(
      /lease is held by another execution, e3/,
    );
  });

  test("expires, whatever its holder does", async () => {
    await world.drop(a, "one");
    await world.claim("e1", created(a));
    world.pass(3601);
    expect(await world.claim("e2")).toMatchObject({ outcome: "claimed", attempt: 2 });
  });

  test("a dead execution's job is stopped before its run is resumed", async () => {
    await world.drop(a, "one");
    const { run_id } = await world.claim("e1", created(a));
    world.dead.add("e1");
    world.jobs.set(run_id ?? "", ["jr_1"]);
    expect((await world.claim("e2")).outcome).toBe("claimed");
    expect(world.jobs.size).toBe(0);
  });

  test("a job that will not stop is waited for by whoever retries", async () => {
    await world.drop(a, "one");
    const { run_id } = await world.claim("e1", created(a));
    world.dead.add("e1");
    const jobRuns = { alive: async () => ["jr_1"], stop: async () => {} };
    await expect(world.claim("e2", {}, { ...world.context, jobRuns })).rejects.toMatchObject({
      name: "JobStillRunning",
    });
    expect(await world.claim("e2")).toMatchObject({ run_id, attempt: 2 });
  });
});

test("more files than one run takes go into several, each file into one", async () => {
  const long = "x".repeat(150);
  const keys = Array.from({ length: 400 }, (_, at) => `raw/demo/${long}-${at}.csv`);
  await Promise.all(keys.map((key) => world.drop(key, key)));
  const files: string[] = [];
  for (let claim = await run("e1"); claim.outcome === "claimed"; claim = await run("e1")) {
    world.pass(60);
    const last = await world.context.ledger.run(claim.run_id ?? "");
    files.push(...(last?.files.map((file) => file.key) ?? []));
  }
  expect((await world.context.ledger.runs(10)).length).toBeGreaterThan(1);
  expect(files.sort()).toEqual([...keys].sort());
});

describe("a sweep", () => {
  test("finds the files whose events were lost, and no others", async () => {
    for (const key of [a, b, "raw/demo/.hidden", "raw/other/c.csv"]) await world.drop(key, key);
    expect((await run("e1")).outcome).toBe("claimed");
    expect(await world.inputs()).toEqual(["a.csv done", "b.csv done"]);
    expect((await run("e2")).outcome).toBe("nothing");
    await world.drop(a, "new");
    expect((await run("e3")).outcome).toBe("claimed");
  });

  test("sees the first content come back with its old time", async () => {
    await world.drop(a, "one");
    await run("e1");
    const first = (await world.context.ledger.inputsOf(a))[0];
    await world.drop(a, "two");
    await run("e2");
    await world.drop(a, "one");
    const { utimes } = await import("node:fs/promises");
    const { fileURLToPath } = await import("node:url");
    const then = new Date(first?.modified ?? 0);
    await utimes(fileURLToPath(world.context.objects.url(a)), then, then);
    expect((await run("e3")).outcome).toBe("claimed");
  });
});

describe("a person's files", () => {
  test("are claimed by their keys", async () => {
    await world.drop(a, "one");
    await world.drop(b, "two");
    expect((await run("e1", { inputs: [b] })).outcome).toBe("claimed");
    expect(await world.inputs()).toEqual(["b.csv done"]);
  });

  test("are taken again when asked so, once by one execution", async () => {
    await world.drop(a, "one");
    await run("e1", { inputs: [a] });
    expect((await run("e2", { inputs: [a] })).outcome).toBe("nothing");
    expect((await run("e3", { inputs: [a], again: true })).outcome).toBe("claimed");
    // the same execution goes round for other files
    expect((await run("e3", { inputs: [a], again: true })).outcome).toBe("nothing");
  });

  test("held and rejected ones are taken again without naming them", async () => {
    await world.drop(a, "one");
    await world.claim("e1", created(a));
    await world.fail("e1", "GateFailed");
    expect((await world.claim("e2")).outcome).toBe("nothing");
    expect((await world.claim("e3", { again: true })).outcome).toBe("claimed");
  });

  test("outside the prefix are refused", async () => {
    await expect(world.claim("e1", { inputs: ["raw/other/a.csv"] })).rejects.toThrow(
      "raw/other/a.csv is no file of demo: expected a key below raw/demo/",
    );
    await expect(world.claim("e1", { inputs: "a" })).rejects.toThrow("inputs: expected a list of keys");
  });
});
