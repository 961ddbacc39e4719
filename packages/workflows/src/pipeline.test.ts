import { expect, test } from "@jest/globals";
import { string } from "@penstock/contracts/column.ts";
import { dataset, merge, references } from "@penstock/contracts/dataset.ts";
import { fileRun } from "./file-run.ts";
import { assertQueries, type Pipeline, pipeline } from "./pipeline.ts";

const facts: Pipeline = {
  name: "charging-sessions",
  description: "Sessions.",
  datasets: [],
  trigger: { prefix: "raw/x/", sweep: "daily", maintenance: "weekly" },
  workflow: fileRun({ datasets: [], prefix: "raw/x/", lookups: ["site_id"] }),
  lookups: [{ key: "site_id", metrics: ["duration"], cloudwatch: ["duration"] }],
  queries: { metrics: { duration: "SELECT 1" }, checks: {}, named: {} },
  volume: {
    deliveriesPerDay: 1,
    filesPerDelivery: 1,
    rowsPerFile: 10,
    bytesPerFile: 100,
    served: { site_id: { keys: 2, periods: {} } },
  },
};

test("a pipeline is what it was given", () => {
  expect(pipeline(facts)).toEqual(facts);
});

test("a metric without a query is refused, with the nearest", () => {
  const lookups = [{ key: "site_id", metrics: ["duratoin"], cloudwatch: [] }];
  assertQueries(pipeline(facts));
  expect(() => assertQueries(pipeline({ ...facts, lookups }))).toThrow(
    'pipeline "charging-sessions", lookup "site_id": no such metric query: found "duratoin"; did you mean "duration"?',
  );
});

test("a volume that is none, or says nothing of a lookup, is refused", () => {
  const volume = (change: object) => ({ ...facts, volume: { ...facts.volume, ...change } });
  expect(() => pipeline(volume({ rowsPerFile: -1 }))).toThrow(
    'pipeline "charging-sessions": volume.rowsPerFile: found "-1", expected a number from 0',
  );
  expect(() => pipeline(volume({ served: {} }))).toThrow(
    'pipeline "charging-sessions": volume.served lacks a lookup: found "site_id"',
  );
  expect(() => pipeline(volume({ served: { site_id: { keys: 2, periods: { duratoin: 1 } } } }))).toThrow(
    'volume.served.site_id.periods names no metric of it: found "duratoin"; did you mean "duration"?',
  );
});

test("a CloudWatch metric that the lookup doesn't hold is refused", () => {
  const lookups = [{ key: "site_id", metrics: [], cloudwatch: ["duration"] }];
  expect(() => pipeline({ ...facts, lookups })).toThrow(/cloudwatch names no metric of it/);
});

test("a prefix outside raw/, or a name that is no folder's, is refused", () => {
  expect(() =>
    pipeline({ ...facts, trigger: { prefix: "raw/x", sweep: "daily", maintenance: "weekly" } }),
  ).toThrow(/bad trigger prefix/);
  expect(() => pipeline({ ...facts, name: "Charging Sessions" })).toThrow(/bad name of a pipeline/);
});

test("a dataset that refers to one that is not listed before it is refused", () => {
  const order = dataset("orders", {
    description: "An order.",
    columns: { order_id: string() },
    primaryKey: ["order_id"],
    write: merge(),
  });
  const item = dataset("items", {
    description: "An item.",
    columns: { item_id: string(), order_id: string() },
    primaryKey: ["item_id"],
    write: merge(),
    foreignKeys: [references(order, "order_id")],
  });
  expect(pipeline({ ...facts, datasets: [order, item] }).datasets).toHaveLength(2);
  expect(() => pipeline({ ...facts, datasets: [item, order] })).toThrow(
    '"items" refers to a dataset that is not listed before it: found "orders"',
  );
});
