/**
 * Stops plan-run after every call it makes to the ledger and the lake, which is before the next one, and invokes it
 * again: the ledger, the lake and the answer must be as if nothing had happened.
 */

import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { startDynamo, type TestDynamo } from "@penstock/lake/testing/dynamo.ts";
import { Crash, crashing } from "../testing/crash.ts";
import { counts, created, newWorld, type World } from "../testing/plan-run-world.ts";
import { validate } from "../validate/validate.ts";
import type { PlanRunContext } from "./context.ts";

jest.setTimeout(60_000);

let dynamo: TestDynamo;
beforeAll(async () => {
  dynamo = await startDynamo();
});
afterAll(() => dynamo.close());

const a = "raw/demo/a.csv";
const b = "raw/demo/b.csv";

/** One invocation of plan-run, and what has to be there before it. */
interface Step {
  readonly name: string;
  readonly before: (world: World) => Promise<void>;
  readonly invoke: (world: World, context: PlanRunContext) => Promise<unknown>;
}

const runId = async (world: World): Promise<string> => (await world.context.ledger.lease())?.run_id ?? "";

async function twoFiles(world: World): Promise<void> {
  await world.drop(a, "one");
  await world.drop(b, "two");
}

async function claimed(world: World): Promise<void> {
  await twoFiles(world);
  await world.claim("e1");
}

const rollback = (to: string) => ({ work: { kind: "rollback", dataset: "sessions", to } });

/** Two runs, the second to be undone. */
async function twoRuns(world: World): Promise<string> {
  await settled(world);
  const first = await runId(world);
  await world.finish("e1", first);
  world.pass(60);
  await world.drop("raw/demo/c.csv", "three");
  const second = (await world.claim("e2")).run_id ?? "";
  await world.report(second, {});
  await world.settle("e2", second);
  await world.finish("e2", second);
  world.pass(60);
  return first;
}

async function settled(world: World): Promise<void> {
  await claimed(world);
  await world.report(await runId(world), {});
  await world.settle("e1", await runId(world));
}

/** Two files, of which no job could read the second. */
async function oneRejected(world: World): Promise<void> {
  await claimed(world);
  const told = { profile: null, rows: 0, reason: null };
  await world.report(await runId(world), {
    datasets: { sessions: counts(3) },
    files: [
      { ...told, key: a, status: "accepted" },
      { ...told, key: b, status: "rejected", reason: "no profile" },
    ],
  });
  await world.settle("e1", await runId(world));
}

/** Its files are put away, one in the archive and one where it can be mended. */
async function putAway(world: World): Promise<void> {
  await oneRejected(world);
  await world.putAway("e1", await runId(world));
  await world.finish("e1", await runId(world));
  world.pass(60);
}

const validated = async (world: World, { objects }: PlanRunContext) => {
  const facts = {
    pipeline: "demo",
    profiles: [{ name: "p", header: ["one"], folder: null, multiline: false, datasets: [] }],
  };
  return await validate({ run_id: await runId(world) }, { facts, objects, log: () => {} });
};

const steps: readonly Step[] = [
  {
    name: "claim of an event",
    before: twoFiles,
    invoke: (world, context) => world.claim("e1", created(a), context),
  },
  { name: "claim by a sweep", before: twoFiles, invoke: (world, context) => world.claim("e1", {}, context) },
  {
    name: "claim of a file that is gone",
    before: async () => {},
    invoke: (world, context) => world.claim("e1", created(a), context),
  },
  {
    name: "claim after another run",
    before: async (world) => {
      await settled(world);
      await world.finish("e1", await runId(world));
      world.pass(60);
      await world.drop(a, "three");
    },
    invoke: (world, context) => world.claim("e2", created(a), context),
  },
  {
    name: "claim of a file that was replaced",
    before: async (world) => {
      await claimed(world);
      await world.drop("raw/demo/c.csv", "three");
      await world.claim("e2", created("raw/demo/c.csv"));
      await world.drop("raw/demo/c.csv", "four");
      await world.fail("e1", "GateFailed");
    },
    invoke: (world, context) => world.claim("e3", created("raw/other/x"), context),
  },
  {
    name: "resuming a dead execution's run",
    before: async (world) => {
      await claimed(world);
      world.dead.add("e1");
    },
    invoke: (world, context) => world.claim("e2", {}, context),
  },
  {
    name: "resuming a failed run",
    before: async (world) => {
      await claimed(world);
      await world.fail("e1", "States.TaskFailed");
    },
    invoke: (world, context) => world.claim("e2", {}, context),
  },
  {
    name: "claim of a rollback",
    before: async (world) => {
      await twoRuns(world);
    },
    invoke: async (world, context) => {
      const first = (await world.context.ledger.runs(9)).at(-1)?.run_id ?? "";
      return await world.claim("e3", rollback(first), context);
    },
  },
  {
    name: "settle of a rollback",
    before: async (world) => {
      await world.claim("e3", rollback(await twoRuns(world)));
      await world.report(await runId(world), { datasets: { sessions: counts(0) } });
    },
    invoke: async (world, context) => world.settle("e3", await runId(world), context),
  },
  {
    name: "finish of a rollback",
    before: async (world) => {
      await world.claim("e3", rollback(await twoRuns(world)));
      await world.report(await runId(world), { datasets: { sessions: counts(0) } });
      await world.settle("e3", await runId(world));
    },
    invoke: async (world, context) => world.finish("e3", await runId(world), context),
  },
  {
    name: "settle",
    before: async (world) => {
      await claimed(world);
      await world.report(await runId(world), {});
    },
    invoke: async (world, context) => world.settle("e1", await runId(world), context),
  },
  {
    name: "settle of a broken gate",
    before: async (world) => {
      await claimed(world);
      await world.report(await runId(world), { outcome: "gate_failed" });
    },
    invoke: async (world, context) => world.settle("e1", await runId(world), context),
  },
  {
    name: "finish",
    before: settled,
    invoke: async (world, context) => world.finish("e1", await runId(world), context),
  },
  {
    name: "finish with a file rejected and another waiting",
    before: async (world) => {
      await claimed(world);
      await world.drop("raw/demo/c.csv", "three");
      await world.claim("e2", created("raw/demo/c.csv"));
      const [first, second] = [a, b].map((key) => ({ key, profile: null, rows: 0, reason: null }));
      if (first === undefined || second === undefined) throw new Error("two files");
      await world.report(await runId(world), {
        datasets: { sessions: counts(3) },
        files: [
          { ...first, status: "accepted" },
          { ...second, status: "rejected", reason: "no profile" },
        ],
      });
      await world.settle("e1", await runId(world));
    },
    invoke: async (world, context) => world.finish("e1", await runId(world), context),
  },
  {
    name: "validate",
    before: claimed,
    invoke: validated,
  },
  {
    name: "settle when no file is left",
    before: async (world) => {
      await world.drop(a, "two");
      await world.claim("e1");
      await validated(world, world.context);
    },
    invoke: async (world, context) => world.settle("e1", await runId(world), context, { for_job: false }),
  },
  {
    name: "putting files away",
    before: oneRejected,
    invoke: async (world, context) => world.putAway("e1", await runId(world), context),
  },
  {
    name: "putting files away that were put away before",
    before: async (world) => {
      await putAway(world);
      await world.claim("e2", { inputs: [a, b], again: true });
      await world.report(await runId(world), {});
      await world.settle("e2", await runId(world));
      await world.drop(a, "one");
    },
    invoke: async (world, context) => world.putAway("e2", await runId(world), context),
  },
  {
    name: "claim of files that were put away",
    before: putAway,
    invoke: (world, context) => world.claim("e2", { inputs: [a, b], again: true }, context),
  },
  {
    name: "claim of all that was rejected, which was put away",
    before: putAway,
    invoke: (world, context) => world.claim("e2", { again: true }, context),
  },
  {
    name: "a sweep where files that were put away are dropped again",
    before: async (world) => {
      await putAway(world);
      await twoFiles(world);
    },
    invoke: (world, context) => world.claim("e2", {}, context),
  },
  {
    name: "fail for good",
    before: claimed,
    invoke: (world, context) => world.fail("e1", "GateFailed", "mean too low", context),
  },
  {
    name: "fail for now",
    before: claimed,
    invoke: (world, context) => world.fail("e1", "States.TaskFailed", "out of memory", context),
  },
];

/** Everything that is there, but for the ids of runs and the times of files. */
async function state(world: World, answer: unknown): Promise<unknown> {
  const files: Record<string, string> = {};
  for await (const { key } of world.context.objects.list("")) {
    files[key] = new TextDecoder().decode(await world.context.objects.read(key));
  }
  const all = JSON.stringify({ answer, ledger: await world.ledger(), files });
  return JSON.parse(
    all
      .replaceAll(world.context.objects.root, "lake/")
      .replace(/\d{8}T\d{6}Z-[0-9a-f]{6}/g, "RUN")
      .replace(/(\\?"modified\\?":\s?\\?")[^"\\]*/g, "$1TIME"),
  );
}

describe.each(steps)("$name", ({ before, invoke }) => {
  test("stopped after any call and invoked again", async () => {
    const undisturbed = await newWorld(dynamo);
    await before(undisturbed);
    const expected = await state(undisturbed, await invoke(undisturbed, undisturbed.context));
    await undisturbed.leave();

    let calls = 0;
    for (let at = 1; ; at += 1) {
      const world = await newWorld(dynamo);
      await before(world);
      const { context, crashed, quiet } = crashing(world.context, ["ledger", "objects"], at);
      const first = await invoke(world, context).catch((error: unknown) => error);
      await quiet();
      if (!crashed()) {
        expect(first).not.toBeInstanceOf(Error);
        await world.leave();
        break;
      }
      calls = at;
      expect(first).toBeInstanceOf(Crash);
      expect({ at, ...{ state: await state(world, await invoke(world, world.context)) } }).toEqual({
        at,
        state: expected,
      });
      await world.leave();
    }
    expect(calls).toBeGreaterThan(3);
  });
});

test("stopped anywhere in a claim, its execution dead, the next one has each file in one run", async () => {
  for (let at = 1; ; at += 1) {
    const world = await newWorld(dynamo);
    await twoFiles(world);
    const { context, crashed, quiet } = crashing(world.context, ["ledger", "objects"], at);
    await world.claim("e1", {}, context).catch(() => {});
    await quiet();
    if (!crashed()) {
      await world.leave();
      return;
    }
    world.dead.add("e1");
    const claim = await world.claim("e2");
    expect({ at, outcome: claim.outcome }).toEqual({ at, outcome: "claimed" });
    expect(await world.inputs()).toEqual(["a.csv claimed", "b.csv claimed"]);
    const runs = await world.context.ledger.runs(10);
    expect(runs.map((run) => [run.run_id, run.execution, run.files.length])).toEqual([
      [claim.run_id, "e2", 2],
    ]);
    await world.leave();
  }
});
