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
  expect(slept).toEqual([20, 30]);
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
