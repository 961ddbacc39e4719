/** Athena's client against answers as Athena words them. */

import { AthenaClient } from "@aws-sdk/client-athena";
import { expect, test } from "@jest/globals";
import { athenaQueries, QueryFailed } from "./queries.ts";
import { type Answer, type Answers, answering } from "./testing/answering.ts";

/** A client whose answers are given by operation, in turn; the last one is repeated. */
function client(answers: Answers) {
  const { config, asked } = answering(answers);
  return { athena: new AthenaClient(config), asked };
}

const started = [{ QueryExecutionId: "q1" }];
const state = (State: string, StateChangeReason?: string): Answer => ({
  QueryExecution: { Status: { State, StateChangeReason } },
});
const row = (...values: (string | null)[]) => ({
  Data: values.map((value) => (value === null ? {} : { VarCharValue: value })),
});
const ResultSetMetadata = {
  ColumnInfo: [
    { Name: "site_id", Type: "varchar" },
    { Name: "energy", Type: "decimal" },
  ],
};

test("a result is every page of it, without the header", async () => {
  const { athena, asked } = client({
    StartQueryExecution: started,
    GetQueryExecution: [state("QUEUED"), state("RUNNING"), state("SUCCEEDED")],
    GetQueryResults: [
      {
        ResultSet: { Rows: [row("site_id", "energy"), row("a", "1.50")], ResultSetMetadata },
        NextToken: "2",
      },
      { ResultSet: { Rows: [row("", null), row("c", "3")], ResultSetMetadata } },
    ],
  });
  const slept: number[] = [];
  const queries = athenaQueries({
    client: athena,
    workGroup: "w",
    database: "d",
    sleep: async (milliseconds) => slept.push(milliseconds),
  });
  expect(await queries.run("SELECT 1")).toEqual({
    id: "q1",
    columns: [
      { name: "site_id", type: "varchar" },
      { name: "energy", type: "decimal" },
    ],
    rows: [
      ["a", "1.50"],
      ["", null],
      ["c", "3"],
    ],
  });
  expect(asked[0]?.input).toMatchObject({
    QueryString: "SELECT 1",
    WorkGroup: "w",
    QueryExecutionContext: { Database: "d" },
  });
  expect(asked.at(-1)?.input).toMatchObject({ NextToken: "2" });
  expect(slept).toEqual([20, 24]);
});

test("a result is fetched as it is read, with what it cost and the types in full", async () => {
  const ColumnInfo = [
    { Name: "site_id", Type: "varchar", Precision: 2147483647, Scale: 0 },
    { Name: "energy", Type: "decimal", Precision: 10, Scale: 3 },
  ];
  const { athena, asked } = client({
    StartQueryExecution: started,
    GetQueryExecution: [
      { QueryExecution: { Status: { State: "SUCCEEDED" }, Statistics: { DataScannedInBytes: 4711 } } },
    ],
    GetQueryResults: [
      {
        ResultSet: { Rows: [row("site_id", "energy"), row("a", "1")], ResultSetMetadata: { ColumnInfo } },
        NextToken: "2",
      },
      { ResultSet: { Rows: [row("site_id", "energy")], ResultSetMetadata: { ColumnInfo } } },
    ],
  });
  const found = await athenaQueries({ client: athena, workGroup: "w", database: "d" }).paged("SELECT 1");
  expect(found).toMatchObject({
    id: "q1",
    scanned: 4711,
    columns: [
      { name: "site_id", type: "varchar" },
      { name: "energy", type: "decimal(10,3)" },
    ],
  });
  expect(asked.filter(({ operation }) => operation === "GetQueryResults")).toHaveLength(1);
  const pages = [];
  for await (const rows of found.pages) pages.push(rows);
  // only the first page has a header
  expect(pages).toEqual([[["a", "1"]], [["site_id", "energy"]]]);
});

test("what has no header keeps its first row", async () => {
  const { athena } = client({
    StartQueryExecution: started,
    GetQueryExecution: [state("SUCCEEDED")],
    GetQueryResults: [
      {
        ResultSet: {
          Rows: [row("orders"), row("products")],
          ResultSetMetadata: { ColumnInfo: [{ Name: "tab_name", Type: "string" }] },
        },
      },
    ],
  });
  const { rows } = await athenaQueries({ client: athena, workGroup: "w", database: "d" }).run("SHOW TABLES");
  expect(rows).toEqual([["orders"], ["products"]]);
});

test("a query that fails tells Athena's reason", async () => {
  const { athena } = client({
    StartQueryExecution: started,
    GetQueryExecution: [state("FAILED", "TABLE_NOT_FOUND: line 1:15")],
  });
  const queries = athenaQueries({ client: athena, workGroup: "w", database: "d" });
  await expect(queries.run("SELECT 1 FROM x")).rejects.toThrow(
    new QueryFailed("q1", "TABLE_NOT_FOUND: line 1:15"),
  );
});

test("a query that is cancelled says so", async () => {
  const { athena } = client({ StartQueryExecution: started, GetQueryExecution: [state("CANCELLED")] });
  const queries = athenaQueries({ client: athena, workGroup: "w", database: "d" });
  await expect(queries.run("SELECT 1")).rejects.toThrow("the query ended as CANCELLED");
});
