/** The emulated Athena runs no query; what it has been told to answer to one, it answers. */

import {
  AthenaClient,
  CreateNamedQueryCommand,
  DeleteNamedQueryCommand,
  GetNamedQueryCommand,
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  StartQueryExecutionCommand,
} from "@aws-sdk/client-athena";
import { afterAll, expect, test } from "@jest/globals";
import { startEmulatedAws } from "../support/emulated-aws.ts";

const aws = await startEmulatedAws();
const athena = new AthenaClient(aws.client);
afterAll(() => aws.close());

async function answered(QueryString: string): Promise<unknown> {
  const { QueryExecutionId } = await athena.send(new StartQueryExecutionCommand({ QueryString }));
  for (let state = ""; state !== "SUCCEEDED"; ) {
    const { QueryExecution } = await athena.send(new GetQueryExecutionCommand({ QueryExecutionId }));
    state = QueryExecution?.Status?.State ?? "";
  }
  const { ResultSet } = await athena.send(new GetQueryResultsCommand({ QueryExecutionId }));
  return ResultSet?.Rows?.map(({ Data = [] }) => Data.map(({ VarCharValue }) => VarCharValue));
}

async function tell(...results: object[]): Promise<void> {
  const body = JSON.stringify({ region: aws.client.region, results });
  await fetch(`${aws.endpoint}/moto-api/static/athena/query-results`, { method: "POST", body });
}

const rows = (text: string) => [{ Data: [{ VarCharValue: text }] }];

test("an answer to one query is given to that query alone, in whatever order they come", async () => {
  await tell({ query: "SELECT 1", rows: rows("one") }, { query: "SELECT 2\n", rows: rows("two") });
  expect(await answered("SELECT 2")).toEqual([["two"]]);
  expect(await answered("SELECT 3")).toEqual([]);
  expect(await answered("SELECT 1")).toEqual([["one"]]);
  expect(await answered("SELECT 1")).toEqual([["one"]]);
});

test("an answer to no query in particular goes to the next", async () => {
  await tell({ rows: rows("any") });
  expect(await answered("SELECT 4")).toEqual([["any"]]);
  expect(await answered("SELECT 4")).toEqual([]);
});

test("a named query that is gone is told as AWS tells it, with its id", async () => {
  const made = { Name: "all", Database: "lake", QueryString: "SELECT 1" };
  const { NamedQueryId } = await athena.send(new CreateNamedQueryCommand(made));
  const { NamedQuery } = await athena.send(new GetNamedQueryCommand({ NamedQueryId }));
  expect(NamedQuery).toMatchObject(made);
  await athena.send(new DeleteNamedQueryCommand({ NamedQueryId }));
  const gone = athena.send(new GetNamedQueryCommand({ NamedQueryId }));
  await expect(gone).rejects.toMatchObject({
    name: "InvalidRequestException",
    message: expect.stringContaining(NamedQueryId ?? ""),
  });
});
