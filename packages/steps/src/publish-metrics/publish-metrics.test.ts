import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { openLookups } from "@penstock/lake/lookups.ts";
import type { Sample } from "@penstock/lake/metrics.ts";
import type { QueryResult } from "@penstock/lake/queries.ts";
import { lookupTable } from "@penstock/lake/tables.ts";
import { startDynamo, type TestDynamo } from "@penstock/lake/testing/dynamo.ts";
import { type PublishMetricsContext, publishMetrics } from "./publish-metrics.ts";

let dynamo: TestDynamo;
let tables = 0;
let results: Record<string, QueryResult>;
let samples: Sample[];
let context: PublishMetricsContext;

beforeAll(async () => {
  dynamo = await startDynamo();
});
afterAll(() => dynamo.close());
beforeEach(async () => {
  tables += 1;
  const table = (key: string) => `${key}-${tables}`;
  for (const key of ["site_id", "user_id"]) await dynamo.create(lookupTable(table(key), key));
  samples = [];
  results = {
    use: result(
      ["site_id", "varchar"],
      ["period", "varchar"],
      ["energy", "decimal"],
      ["name", "varchar"],
    )([
      ["s1", "all", "12.50", "Broxden"],
      ["s1", "2026-11", "2.50", "Broxden"],
      ["s2", "all", "7", null],
    ]),
    habits: result(
      ["user_id", "varchar"],
      ["period", "varchar"],
      ["sessions", "bigint"],
      ["is_new", "boolean"],
    )([["u1", "all", "3", "true"]]),
  };
  context = {
    facts: {
      lookups: [
        { key: "site_id", metrics: ["use"], cloudwatch: ["use"] },
        { key: "user_id", metrics: ["habits"], cloudwatch: [] },
      ],
      metrics: { use: "use", habits: "habits" },
    },
    queries: {
      run: async (sql) => {
        const found = results[sql];
        if (found === undefined) throw new Error(`no ${sql}`);
        return found;
      },
    },
    lookups: (key) => openLookups({ client: dynamo.client, table: table(key), key }),
    emit: (sample) => samples.push(sample),
  };
});

const result =
  (...columns: [string, string][]) =>
  (rows: (string | null)[][]): QueryResult => ({
    id: "q",
    columns: columns.map(([name, type]) => ({ name, type })),
    rows,
  });

const publish = (number: number) => publishMetrics({ run_id: `r${number}`, publish: number }, context);

async function all(key: string): Promise<string[]> {
  const found: string[] = [];
  for await (const item of context.lookups(key).all()) {
    const figures = Object.fromEntries(Object.entries(item.figures).sort(([a], [b]) => (a < b ? -1 : 1)));
    found.push(`${item.key} ${item.metric} ${JSON.stringify(figures)} ${item.publish} ${item.run_id}`);
  }
  return found.sort();
}

test("every row is an item of its key's table, decimals exact, NULLs left out", async () => {
  expect(await publish(1)).toEqual({ written: 4, deleted: 0, newer: 0 });
  expect(await all("site_id")).toEqual([
    's1 use#2026-11 {"energy":{"N":"2.5"},"name":{"S":"Broxden"}} 1 r1',
    's1 use#all {"energy":{"N":"12.5"},"name":{"S":"Broxden"}} 1 r1',
    's2 use#all {"energy":{"N":"7"}} 1 r1',
  ]);
  expect(await all("user_id")).toEqual(['u1 habits#all {"is_new":{"BOOL":true},"sessions":{"N":"3"}} 1 r1']);
});

test("again without a change, nothing is written", async () => {
  await publish(1);
  expect(await publish(2)).toEqual({ written: 0, deleted: 0, newer: 0 });
});

test("what differs is put, what is gone is deleted, the rest keeps its publication", async () => {
  await publish(1);
  results.use = result(
    ["site_id", "varchar"],
    ["period", "varchar"],
    ["energy", "decimal"],
  )([
    ["s1", "all", "13"],
    ["s2", "all", "7.000"],
  ]);
  expect(await publish(2)).toEqual({ written: 1, deleted: 1, newer: 0 });
  expect(await all("site_id")).toEqual([
    's1 use#all {"energy":{"N":"13"}} 2 r2',
    's2 use#all {"energy":{"N":"7"}} 1 r1',
  ]);
});

test("an older publication that comes late changes nothing", async () => {
  await publish(2);
  results.use = result(
    ["site_id", "varchar"],
    ["period", "varchar"],
    ["energy", "decimal"],
  )([["s1", "all", "0"]]);
  expect(await publish(1)).toEqual({ written: 0, deleted: 0, newer: 3 });
  expect(await all("site_id")).toHaveLength(3);
});

test("stopped in the middle and run again, it ends the same", async () => {
  const dying: PublishMetricsContext = {
    ...context,
    lookups: (key) => {
      const lookups = context.lookups(key);
      return {
        ...lookups,
        add: async (items) => {
          await lookups.add(items.slice(1));
          throw new Error("killed");
        },
      };
    },
  };
  await expect(publishMetrics({ run_id: "r1", publish: 1 }, dying)).rejects.toThrow("killed");
  expect(await all("site_id")).toHaveLength(2);
  await publish(1);
  expect(await all("site_id")).toHaveLength(3);
  expect(await all("user_id")).toHaveLength(1);
});

test("a query that fails leaves every table as it was", async () => {
  await publish(1);
  results.use = result(["site_id", "varchar"], ["period", "varchar"])([["s9", "all"]]);
  delete results.habits;
  await expect(publish(2)).rejects.toThrow("no habits");
  expect(await all("site_id")).toHaveLength(3);
});

test("CloudWatch is told the numbers of the metrics listed", async () => {
  await publish(1);
  expect(samples).toEqual([
    { values: { "use.energy": 12.5 }, unit: "None", dimensions: { site_id: "s1" } },
    { values: { "use.energy": 7 }, unit: "None", dimensions: { site_id: "s2" } },
  ]);
});

describe("a metric is refused", () => {
  const columns = result(["site_id", "varchar"], ["period", "varchar"], ["n", "bigint"]);
  test.each([
    [
      "without its key first",
      result(["period", "varchar"], ["site_id", "varchar"])([]),
      "the columns begin with period, site_id; expected site_id, period",
    ],
    ["with a row without a key", columns([[null, "all", "1"]]), "a row without site_id"],
    ["with a row without a period", columns([["s1", null, "1"]]), "a row without a period"],
    [
      "with two rows of one key and period",
      columns([
        ["s1", "all", "1"],
        ["s1", "all", "2"],
      ]),
      "two rows of one site_id and period all",
    ],
    [
      "with a figure of a taken name",
      result(["site_id", "varchar"], ["period", "varchar"], ["publish", "bigint"])([]),
      "no figure can be called publish",
    ],
  ])("%s", async (_, use, problem) => {
    results.use = use;
    await expect(publish(1)).rejects.toThrow(`metric use: ${problem}`);
    expect(await all("site_id")).toEqual([]);
  });
});
