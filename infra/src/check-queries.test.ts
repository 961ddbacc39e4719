import { expect, test } from "@jest/globals";
import { string } from "@penstock/contracts/column.ts";
import { dataset, merge } from "@penstock/contracts/dataset.ts";
import { pipelines } from "@penstock/pipelines/registry.ts";
import type { Pipeline } from "@penstock/workflows/pipeline.ts";
import { everyKind } from "./access/testing/every-kind.ts";
import { strangersTable } from "./check-queries.ts";

const stays = dataset("stays", {
  description: "One.",
  columns: { id: string() },
  primaryKey: ["id"],
  write: merge(),
});
const parking: Pipeline = { ...everyKind, name: "parking", datasets: [stays] };

/** What is found when a pipeline, whose own table is every_kind, has such a sanity query. */
const found = (sql: string) =>
  strangersTable([parking, { ...everyKind, queries: { ...everyKind.queries, checks: { agree: sql } } }]);

const stranger = (table: string) => ({
  pipeline: "every-kind",
  query: "queries/checks/agree.sql",
  table,
  owner: "parking",
});

test.each([
  ["SELECT * FROM stays", "stays"],
  ["select 1 from every_kind\njoin stays on true", "stays"],
  ['SELECT * FROM "penstock_dev"."stays_quarantine"', "stays_quarantine"],
])("%s reads another's", (sql, table) => {
  expect(found(sql)).toEqual(stranger(table));
});

test.each([
  "SELECT * FROM every_kind",
  "SELECT * FROM every_kind -- not FROM stays",
  "SELECT 'FROM stays' FROM every_kind",
  "WITH stays AS (SELECT 1) SELECT * FROM stays",
  "SELECT * FROM nobodys",
])("%s does not", (sql) => {
  expect(found(sql)).toBeUndefined();
});

test("what a state declares that it reads may be read", () => {
  const sql = "SELECT * FROM every_kind";
  const other = { ...parking, queries: { ...parking.queries, metrics: { all: sql } } };
  // its workflow is every-kind's, which reads that table
  expect(strangersTable([other, everyKind])).toBeUndefined();
});

test("no pipeline has such a query", () => {
  expect(strangersTable(pipelines)).toBeUndefined();
});
