import { BatchGetItemCommand } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { openSeriesReads, type RowsAsked, type SeriesReads } from "./series-reads.ts";
import { figuresTable, seriesTable } from "./tables.ts";
import { startDynamo, type TestDynamo } from "./testing/dynamo.ts";

const [rows, figures] = ["rows", "figures"];
const at = (minute: number): string =>
  new Date(Date.UTC(2026, 10, 1, 0, minute)).toISOString().replace(".000", "");

let dynamo: TestDynamo;
let reads: SeriesReads;

beforeAll(async () => {
  dynamo = await startDynamo();
  await dynamo.create(seriesTable(rows, { key: "site_id", time: "timestamp" }));
  await dynamo.create(figuresTable(figures, "site_id"));
  reads = openSeriesReads({ client: dynamo.client, rows, figures, key: "site_id", time: "timestamp" });
  const items = Array.from({ length: 40 }, (_, minute) => ({
    site_id: { S: "alpha" },
    timestamp: { S: at(minute) },
    energy_kwh: { N: "12345678901234567890.1234" },
    // so large that a page of a megabyte holds no more than a few
    note: { S: "x".repeat(100_000) },
    ...(minute % 10 === 0 ? { anomaly_at: { S: at(minute) } } : {}),
  }));
  await dynamo.put(rows, [...items, { ...items[0], site_id: { S: "beta" } }]);
  for (const period of ["all", "2026"]) {
    const of = Array.from({ length: 150 }, (_, site) => ({
      site_id: { S: `site-${site}` },
      period: { S: period },
      records: { N: period === "all" ? String(site) : "1" },
    }));
    await dynamo.put(figures, of);
  }
});
afterAll(() => dynamo.close());

const asked = (facts: Partial<RowsAsked>): RowsAsked => ({
  key: "alpha",
  from: at(0),
  to: at(39),
  order: "asc",
  most: 100,
  anomalies: false,
  attributes: ["timestamp"],
  ...facts,
});

const minutes = async (facts: Partial<RowsAsked>): Promise<number[]> =>
  (await reads.rows(asked(facts))).map(({ timestamp }) => new Date(timestamp?.S ?? "").getMinutes());

const all = Array.from({ length: 40 }, (_, minute) => minute);

test("rows of one key come in order, over as many pages as it takes", async () => {
  expect(await minutes({})).toEqual(all);
  expect(await minutes({ order: "desc" })).toEqual(all.toReversed());
  expect(await minutes({ key: "beta" })).toEqual([0]);
  expect(await minutes({ key: "nowhere" })).toEqual([]);
});

test("both ends are included, and no more rows come than are wanted", async () => {
  expect(await minutes({ from: at(3), to: at(5) })).toEqual([3, 4, 5]);
  expect(await minutes({ most: 25 })).toEqual(all.slice(0, 25));
  expect(await minutes({ most: 2, order: "desc" })).toEqual([39, 38]);
});

test("the anomalies come from their index alone", async () => {
  expect(await minutes({ anomalies: true })).toEqual([0, 10, 20, 30]);
  expect(await minutes({ anomalies: true, order: "desc", most: 3 })).toEqual([30, 20, 10]);
});

test("a row has the attributes wanted, numbers with all their digits", async () => {
  const [row] = await reads.rows(asked({ most: 1, attributes: ["timestamp", "energy_kwh", "anomaly"] }));
  expect(row).toEqual({ timestamp: { S: at(0) }, energy_kwh: { N: "12345678901234567890.1234" } });
});

test("a refusal is the SDK's error", async () => {
  await expect(reads.rows(asked({ from: at(5), to: at(3) }))).rejects.toMatchObject({
    name: "ValidationException",
  });
});

test("figures of many keys come in batches; a key that has none is left out", async () => {
  const keys = Array.from({ length: 151 }, (_, site) => `site-${site}`);
  const found = await reads.figures(keys, "all");
  expect(found.size).toBe(150);
  expect(found.get("site-149")).toMatchObject({ records: { N: "149" } });
  expect(await reads.figures([], "all")).toEqual(new Map());
});

test("what a batch left undone is asked for again", async () => {
  let batches = 0;
  const impatient = dynamo.client.send.bind(dynamo.client);
  const client = Object.assign(Object.create(dynamo.client), {
    async send(command: BatchGetItemCommand) {
      batches += 1;
      const { Keys = [] } = command.input.RequestItems?.[figures] ?? {};
      const one = { RequestItems: { [figures]: { Keys: Keys.slice(0, 1) } } };
      const { Responses } = await impatient(new BatchGetItemCommand(one));
      return { Responses, UnprocessedKeys: Keys.length > 1 ? { [figures]: { Keys: Keys.slice(1) } } : {} };
    },
  });
  const slow = openSeriesReads({ client, rows, figures, key: "site_id", time: "timestamp" });
  expect([...(await slow.figures(["site-1", "site-2", "site-3"], "all")).keys()]).toEqual([
    "site-1",
    "site-2",
    "site-3",
  ]);
  expect(batches).toBe(3);
});
