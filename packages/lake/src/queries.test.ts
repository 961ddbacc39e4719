/** Athena's client against answers as Athena words them. */

import { AthenaClient } from "@aws-sdk/client-athena";
import { expect, test } from "@jest/globals";
import { athenaQueries, QueryFailed } from "./queries.ts";

type Answer = Readonly<Record<string, unknown>>;

/** A client whose answers are given by operation, in turn; the last one is repeated. */
function client(answers: Readonly<Record<string, readonly Answer[]>>) {
  const asked: { operation: string; input: Record<string, unknown> }[] = [];
  const turns = new Map<string, number>();
  const athena = new AthenaClient({
    region: "eu-west-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    requestHandler: {
      handle: async (request: { headers: Record<string, string>; body: Uint8Array }) => {
        const operation = request.headers["x-amz-target"]?.split(".").at(-1) ?? "";
        asked.push({ operation, input: JSON.parse(new TextDecoder().decode(request.body)) });
        const turn = turns.get(operation) ?? 0;
        turns.set(operation, turn + 1);
        const of = answers[operation] ?? [];
        const body = new TextEncoder().encode(JSON.stringify(of[Math.min(turn, of.length - 1)]));
        return {
          response: {
            statusCode: 200,
            headers: { "content-type": "application/x-amz-json-1.1" },
            body: new ReadableStream({
              start(controller) {
                controller.enqueue(body);
                controller.close();
              },
            }),
          },
        };
      },
    } as never,
  });
  return { athena, asked };
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
