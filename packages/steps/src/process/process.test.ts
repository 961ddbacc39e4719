import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import { startDynamo, type TestDynamo } from "@penstock/lake/testing/dynamo.ts";
import { throttled } from "@penstock/lake/testing/throttled-dynamo.ts";
import { manifestKey } from "@penstock/lake/zones.ts";
import { Crash, crashing } from "../testing/crash.ts";
import { created } from "../testing/plan-run-world.ts";
import { newSeriesWorld, type SeriesWorld } from "../testing/series-world.ts";
import type { Arrival } from "./arrival.ts";
import { processRequest } from "./process.ts";

jest.setTimeout(120_000);

let dynamo: TestDynamo;
beforeAll(async () => {
  dynamo = await startDynamo();
});
afterAll(() => dynamo.close());

async function inWorld(work: (world: SeriesWorld) => Promise<void>, at = dynamo): Promise<void> {
  const world = await newSeriesWorld(at);
  try {
    await work(world);
  } finally {
    await world.leave();
  }
}

const reading = (site_id: string, minute: string, made: unknown, used: unknown = 0) => ({
  site_id,
  timestamp: `2026-11-28T${minute}:00Z`,
  made,
  used,
});

const arrives = async (world: SeriesWorld, key: string, content: string): Promise<Arrival> => {
  await world.drop(key, content);
  return (await processRequest(created(key), world.context)) as Arrival;
};

const file = (...records: unknown[]): string => JSON.stringify(records);

test("a file's rows are served with exact net figures, and its anomalies told once", () =>
  inWorld(async (world) => {
    const content = file(
      reading("site-a", "00:00", 1.1, 1),
      reading("site-a", "00:05", -0.0001),
      reading("site-b", "00:00", 0.3, 0.1),
    );
    const done = await arrives(world, "raw/demo/1.json", content);
    expect(done).toEqual({
      outcome: "processed",
      reason: null,
      read: 3,
      set_aside: 0,
      written: 3,
      anomalies: 1,
    });
    expect(await world.rows()).toEqual([
      "site-a 11-28T00:00 0.1",
      "site-a 11-28T00:05 -0.0001 negative",
      "site-b 11-28T00:00 0.2",
    ]);
    expect(await world.figures()).toEqual([
      "site-a all 2 records 1 anomalies 0.0999 net",
      "site-a day#2026-11-28 2 records 1 anomalies 0.0999 net",
      "site-a month#2026-11 2 records 1 anomalies 0.0999 net",
      "site-a year#2026 2 records 1 anomalies 0.0999 net",
      "site-b all 1 records 0 anomalies 0.2 net",
      "site-b day#2026-11-28 1 records 0 anomalies 0.2 net",
      "site-b month#2026-11 1 records 0 anomalies 0.2 net",
      "site-b year#2026 1 records 0 anomalies 0.2 net",
    ]);
    expect(world.told.map(({ subject }) => subject)).toEqual(["demo: 1 anomaly"]);
    expect(world.told[0]?.message).toContain("site-a: negative from 2026-11-28T00:05:00Z");
    // what the alarm on freshness watches
    const values = { rows_served: 3, anomalies: 1, set_aside: 0 };
    expect(world.samples).toEqual([{ values, unit: "Count", dimensions: {} }]);
    // the same event once more
    expect(await processRequest(created("raw/demo/1.json"), world.context)).toMatchObject({ written: 0 });
    expect(world.told).toHaveLength(1);
  }));

test("a bad record is set aside with its reason, and its neighbours are served", () =>
  inWorld(async (world) => {
    const content = `[${[
      '{"site_id":"site-a","timestamp":"2026-11-28T00:00:00Z","made":1e400,"used":0}',
      '{"site_id":"site-a","timestamp":"2026-11-28T00:05:00Z","made":"1.5","used":"0.5"}',
      '{"site_id":"site-a","timestamp":"2026-11-28T00:10:00Z","made":"NaN","used":0}',
      '{"site_id":"elsewhere","timestamp":"2026-11-28T00:15:00Z","made":1,"used":0}',
      '{"timestamp":"2026-11-28T00:20:00Z","made":1,"used":0}',
      '{"site_id":"site-a","made":1,"used":0}',
      '{"site_id":"site-a","timestamp":"2026-02-30T00:00:00Z","made":1,"used":0}',
      '{"site_id":"site-a","timestamp":"2026-11-28T00:25:00.5Z","made":1,"used":0}',
      '{"site_id":"site-a","timestamp":"2026-11-28T01:30:00+01:00","made":0.00005,"used":0}',
      // what a pattern would go back and forth over for minutes
      `{"site_id":"site-a","timestamp":"2026-11-28T00:35:00Z","made":"${"1".repeat(300_000)}x","used":0}`,
      "17",
      '{"site_id":"site-a","timestamp":"2026-11-28T00:40:00Z","made":1,"made":1.0,"used":0}',
      '{"site_id":"site-a","timestamp":"2026-11-28T00:45:00Z","made":1,"used":0,"made":1}',
    ].join(",\n")}]`;
    expect(await arrives(world, "raw/demo/1.json", content)).toMatchObject({
      read: 13,
      set_aside: 10,
      written: 3,
    });
    // rounded half up to four places, as Spark casts
    expect(await world.rows()).toEqual([
      "site-a 11-28T00:05 1",
      "site-a 11-28T00:30 0.0001",
      "site-a 11-28T00:45 1",
    ]);
    const message = world.told[0]?.message ?? "";
    expect(world.told[0]?.subject).toBe("demo: 10 records set aside");
    expect(message).toContain("made: unparsable: 3 records");
    expect(message).toContain("site is known: 1 record");
    expect(message).toContain("quarantine readings");
  }));

test("what is no file of records is refused with the reason, and told", () =>
  inWorld(async (world) => {
    const refusals: readonly (readonly [string, RegExp])[] = [
      ["hello", /not JSON/],
      ['[{"site_id":', /cut off/],
      ["[1, 2]", /another shape/],
      ["17", /not JSON/],
    ];
    for (const [at, [content, reason]] of refusals.entries()) {
      const done = await arrives(world, `raw/demo/${at}.json`, content);
      expect(done).toMatchObject({ outcome: "refused", reason: expect.stringMatching(reason) });
    }
    expect(world.told).toHaveLength(refusals.length);
    expect(world.told[0]?.subject).toBe("demo: a file that can't be read");
    expect(world.told[0]?.message).toMatch(/not JSON.*\nThe next run rejects it\./);
    expect(await arrives(world, "raw/demo/empty.json", "[]")).toMatchObject({
      outcome: "processed",
      read: 0,
    });
    expect(await processRequest(created("raw/demo/gone.json"), world.context)).toMatchObject({
      outcome: "gone",
    });
    expect(world.told).toHaveLength(refusals.length);
  }));

test("JSON Lines are taken, and a line that is none is set aside", () =>
  inWorld(async (world) => {
    const lines = `${JSON.stringify(reading("site-a", "00:00", 2))}\r\n{oops\n\n${JSON.stringify(reading("site-a", "00:05", 3))}\n`;
    expect(await arrives(world, "raw/demo/1.json", lines)).toMatchObject({
      read: 3,
      set_aside: 1,
      written: 2,
    });
  }));

const minutes = ["00:00", "00:05", "00:10", "00:15", "00:20", "00:25"];
/** A correction, a duplicate, a row of another day, and values that are stuck only when all are there. */
const files: readonly (readonly [string, string])[] = [
  ["raw/demo/a.json", file(reading("site-a", "00:00", 5), reading("site-a", "00:15", 5))],
  ["raw/demo/b.json", file(reading("site-a", "00:05", 5), reading("site-a", "00:10", 7))],
  ["raw/demo/c.json", file(...minutes.slice(2, 4).map((minute) => reading("site-a", minute, 5)))],
  [
    "raw/demo/d.json",
    file(reading("site-a", "00:20", 5), {
      ...reading("site-a", "00:00", -1),
      timestamp: "2026-11-27T23:55:00Z",
    }),
  ],
];

async function told(world: SeriesWorld): Promise<unknown> {
  return { rows: await world.rows(), figures: await world.figures() };
}

/** Files have the times of their names, whatever order they come in. */
async function dropAll(world: SeriesWorld): Promise<void> {
  const { objects } = world.context;
  for (const [key, content] of files) await world.drop(key, content);
  const { head } = objects;
  objects.head = async (key, seen) => {
    const found = await head.call(objects, key, seen);
    const at = files.findIndex(([each]) => each === key);
    return found === null || at < 0 ? found : { ...found, modified: new Date(Date.UTC(2026, 10, 28, 1, at)) };
  };
}

async function expected(): Promise<unknown> {
  let found: unknown;
  await inWorld(async (world) => {
    await dropAll(world);
    for (const [key] of files) await processRequest(created(key), world.context);
    found = await told(world);
  });
  return found;
}

test("whatever order files come in, twice or at once, they come to the same", async () => {
  const wanted = await expected();
  expect(wanted).toMatchObject({
    rows: [
      "site-a 11-27T23:55 -1 negative",
      "site-a 11-28T00:00 5",
      "site-a 11-28T00:05 5",
      "site-a 11-28T00:10 5",
      "site-a 11-28T00:15 5 stuck",
      "site-a 11-28T00:20 5 stuck",
    ],
  });
  const keys = files.map(([key]) => key);
  for (const order of [keys.toReversed(), [...keys.slice(2), ...keys, ...keys.slice(0, 1)]]) {
    await inWorld(async (world) => {
      await dropAll(world);
      for (const key of order) await processRequest(created(key), world.context);
      expect(await told(world)).toEqual(wanted);
    });
  }
  await inWorld(async (world) => {
    await dropAll(world);
    await Promise.all([...keys, ...keys].map((key) => processRequest(created(key), world.context)));
    expect(await told(world)).toEqual(wanted);
  });
});

test("a process that dies between any two calls leaves what the next one puts right", async () => {
  const wanted = await expected();
  for (let at = 1; ; at += 1) {
    let reached = true;
    await inWorld(async (world) => {
      await dropAll(world);
      for (const [key] of files.slice(0, -1)) await processRequest(created(key), world.context);
      const last = created(files.at(-1)?.[0] ?? "");
      const ports = ["rows", "figures", "lease", "objects", "topic"] as const;
      const { context, crashed, quiet } = crashing(world.context, ports, at);
      await processRequest(last, context).catch((error: unknown) => {
        if (!(error instanceof Crash)) throw error;
      });
      await quiet();
      reached = crashed();
      world.clock.leaps = true;
      await processRequest(last, world.context);
      expect(await told(world)).toEqual(wanted);
      // told of once at least, and twice only when it died right after telling
      const about = world.told.filter(({ message }) => message.includes("d.json"));
      expect(about.length).toBeGreaterThanOrEqual(1);
      expect(about.length).toBeLessThanOrEqual(2);
    });
    if (!reached) break;
    expect(at).toBeLessThan(200);
  }
});

/** What stands of all that was kept for analysts: each row's newest finding, as `world.rows` tells it. */
async function found(world: SeriesWorld): Promise<string[]> {
  const newest = new Map<string, { readonly at: string; readonly reasons: string }>();
  for await (const { key } of world.context.objects.list("raw/demo/anomalies/")) {
    const text = new TextDecoder().decode(await world.context.objects.read(key));
    for (const line of text.split("\n").filter((each) => each !== "")) {
      const { site_id, timestamp, reasons, assessed_at: at } = JSON.parse(line);
      const id = `${site_id} ${timestamp.slice(5, 16)}`;
      if ((newest.get(id)?.at ?? "") <= at) newest.set(id, { at, reasons });
    }
  }
  return [...newest].flatMap(([id, { reasons }]) => (reasons === "" ? [] : [`${id} ${reasons}`])).sort();
}

test("what a dead process had found, and another put right before its event came again, is taken back", async () => {
  const key = "raw/demo/stuck.json";
  const others = "raw/demo/others.json";
  for (let at = 1; ; at += 1) {
    let reached = true;
    await inWorld(async (world) => {
      await world.drop(
        key,
        file(...["00:00", "00:10", "00:15", "00:20"].map((minute) => reading("site-a", minute, 5))),
      );
      await world.drop(others, file(reading("site-a", "00:05", 7)));
      const ports = ["rows", "figures", "lease", "objects", "topic"] as const;
      const { context, crashed, quiet } = crashing(world.context, ports, at);
      await processRequest(created(key), context).catch((error: unknown) => {
        if (!(error instanceof Crash)) throw error;
      });
      await quiet();
      reached = crashed();
      world.clock.leaps = true;
      await processRequest(created(others), world.context);
      await processRequest(created(key), world.context);
      const rows = await world.rows();
      expect(rows).toHaveLength(5);
      expect(await found(world)).toEqual([]);
    });
    if (!reached) break;
    expect(at).toBeLessThan(200);
  }
});

test("a run takes back what was found in one of its files, whose event was lost then", () =>
  inWorld(async (world) => {
    const key = "raw/demo/stuck.json";
    const times = ["00:00", "00:10", "00:15", "00:20"];
    await world.drop(key, file(...times.map((minute) => reading("site-a", minute, 5))));
    const keepsAlone = { ...world.context.rows, add: () => Promise.reject(new Crash("add")) };
    const dying = { ...world.context, rows: keepsAlone };
    await expect(processRequest(created(key), dying)).rejects.toThrow(Crash);
    expect(await found(world)).toEqual(["site-a 11-28T00:20 stuck"]);
    await arrives(world, "raw/demo/others.json", file(reading("site-a", "00:05", 7)));
    const columns = ["site_id", "timestamp", "made", "used", "net", "_source_file", "_modified"];
    const rows = times.map((time) => [
      ...["site-a", `2026-11-28 ${time}:00.000000 UTC`, "5.0000", "0.0000", "5.0000", key],
      "2026-11-28 01:00:00.000000 UTC",
    ]);
    await world.drop(manifestKey("demo", "r1"), JSON.stringify({ files: [{ key }], undone: [] }));
    const paged = async () => ({
      id: "q",
      columns: columns.map((name) => ({ name, type: "varchar" })),
      pages: (async function* () {
        yield rows;
      })(),
      scanned: 0,
    });
    const queries = { ...world.context.queries, paged };
    await processRequest({ run_id: "r1" }, { ...world.context, queries });
    expect(await world.rows()).toHaveLength(5);
    expect(await found(world)).toEqual([]);
  }));

test("a DynamoDB that throttles, and leaves items of batches unprocessed, gets every row all the same", async () => {
  const wanted = await expected();
  const short = await throttled(dynamo);
  try {
    await inWorld(async (world) => {
      await dropAll(world);
      for (const [key] of files) await processRequest(created(key), world.context);
      expect(await told(world)).toEqual(wanted);
      const many = Array.from({ length: 60 }, (_, at) => {
        const time = new Date(Date.UTC(2026, 10, 29, 0, 5 * at)).toISOString();
        return { ...reading("site-b", "", at), timestamp: time.replace(".000Z", "Z") };
      });
      expect(await arrives(world, "raw/demo/many.json", file(...many))).toMatchObject({ written: 60 });
      expect((await world.rows()).filter((row) => row.startsWith("site-b"))).toHaveLength(60);
      expect(await world.figures()).toContain("site-b all 60 records 0 anomalies 1770 net");
    }, short);
    expect(short.refused.calls).toBeGreaterThan(1);
    expect(short.refused.items).toBeGreaterThan(50);
  } finally {
    await short.close();
  }
});

test("while SNS is down the event fails, so that it comes again; its rows are there and it is told later", () =>
  inWorld(async (world) => {
    world.topic.failing = true;
    const content = file(reading("site-a", "00:00", -1));
    await expect(arrives(world, "raw/demo/1.json", content)).rejects.toThrow("SNS is down");
    expect(await world.rows()).toEqual(["site-a 11-28T00:00 -1 negative"]);
    world.topic.failing = false;
    await processRequest(created("raw/demo/1.json"), world.context);
    expect(world.told).toHaveLength(1);
  }));

test("what was found is kept as JSON Lines for the next run", () =>
  inWorld(async (world) => {
    await arrives(world, "raw/demo/2026/1.json", file(reading("site-a", "00:00", -1)));
    await arrives(world, "raw/demo/2026/2.json", file(reading("site-a", "00:00", 1)));
    const found: unknown[] = [];
    for await (const { key } of world.context.objects.list("raw/demo/anomalies/")) {
      const { assessed_at: _, ...finding } = JSON.parse(
        new TextDecoder().decode(await world.context.objects.read(key)),
      );
      found.push([key.replace(/[0-9a-f]{16}/, "…"), finding]);
    }
    const row = { site_id: "site-a", timestamp: "2026-11-28T00:00:00Z" };
    expect(found).toEqual([
      ["raw/demo/anomalies/2026/1.json/….jsonl", { ...row, anomaly: true, reasons: "negative" }],
      ["raw/demo/anomalies/2026/2.json/….jsonl", { ...row, anomaly: false, reasons: "" }],
    ]);
  }));
