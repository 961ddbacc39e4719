/** What `pnpm emulated-aws` really runs when it is asked to. */

import { setTimeout } from "node:timers/promises";
import { AthenaClient, GetQueryResultsCommand } from "@aws-sdk/client-athena";
import { CreateDatabaseCommand, CreateJobCommand, GlueClient } from "@aws-sdk/client-glue";
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  ListExecutionsCommand,
  SFNClient,
  StartExecutionCommand,
} from "@aws-sdk/client-sfn";
import { afterAll, expect, jest, test } from "@jest/globals";
import { startEmulatedAws } from "../support/emulated-aws.ts";
import { reallyRunning } from "../support/emulated-runs.ts";

jest.setTimeout(60_000);

const aws = await startEmulatedAws({ run: true });
const stepFunctions = new SFNClient(aws.client);
afterAll(() => aws.close());

const roleArn = "arn:aws:iam::123456789012:role/anybody";

/** How an execution of one state ended. */
async function ended(name: string, state: object) {
  const definition = JSON.stringify({ StartAt: "Only", States: { Only: { ...state, End: true } } });
  const { stateMachineArn } = await stepFunctions.send(
    new CreateStateMachineCommand({ name, definition, roleArn }),
  );
  const { executionArn } = await stepFunctions.send(new StartExecutionCommand({ stateMachineArn }));
  for (const end = Date.now() + 50_000; Date.now() < end; await setTimeout(200)) {
    const found = await stepFunctions.send(new DescribeExecutionCommand({ executionArn }));
    if (found.status !== "RUNNING") return found;
  }
  throw new Error(`${name} goes on`);
}

test("an execution runs to its end", async () => {
  const { status, output } = await ended("passes", { Type: "Pass", Result: { passed: true } });
  expect([status, output]).toEqual(["SUCCEEDED", '{"passed": true}']);
});

const asks = (QueryString: string) => ({
  Type: "Task",
  Resource: "arn:aws:states:::athena:startQueryExecution.sync",
  Parameters: { QueryString, QueryExecutionContext: { Database: "lake" }, WorkGroup: "primary" },
});

test("a query is run, and who waits for it is told that it is over", async () => {
  await new GlueClient(aws.client).send(new CreateDatabaseCommand({ DatabaseInput: { Name: "lake" } }));
  const { status, output = "" } = await ended("asks", asks("SELECT 1 + 1 AS two"));
  const { QueryExecution } = JSON.parse(output);
  expect([status, QueryExecution]).toEqual([
    "SUCCEEDED",
    expect.objectContaining({ Query: "SELECT 1 + 1 AS two" }),
  ]);
  const { ResultSet } = await new AthenaClient(aws.client).send(
    new GetQueryResultsCommand({ QueryExecutionId: QueryExecution.QueryExecutionId }),
  );
  expect(ResultSet?.Rows?.map(({ Data }) => Data)).toEqual([
    [{ VarCharValue: "two" }],
    [{ VarCharValue: "2" }],
  ]);
});

test("who waits for a query that fails is told why", async () => {
  const { status, error, cause = "" } = await ended("asks-wrongly", asks("SELECT nothing"));
  expect([status, error]).toEqual(["FAILED", "States.TaskFailed"]);
  expect(JSON.parse(cause).QueryExecution.Status).toMatchObject({
    State: "FAILED",
    StateChangeReason: expect.stringContaining("nothing"),
  });
});

test("a job is run, and who waits for it is told how it ended", async () => {
  const job = { Name: "stranger", Role: roleArn, Command: { Name: "glueetl" } };
  await new GlueClient(aws.client).send(new CreateJobCommand(job));
  const { status, cause = "" } = await ended("waits", {
    Type: "Task",
    Resource: "arn:aws:states:::glue:startJobRun.sync",
    Parameters: { JobName: "stranger" },
  });
  expect([status, JSON.parse(cause).JobRunState]).toEqual(["FAILED", "FAILED"]);
  expect(aws.said.join("\n")).toContain("stranger was not started by a state machine of Penstock's");
});

test("one that is not run stays RUNNING, beside others that were", async () => {
  const definition = JSON.stringify({
    StartAt: "Is it there?",
    States: {
      "Is it there?": {
        Type: "Choice",
        Choices: [{ Variable: "$.it", IsPresent: true, Next: "Yes" }],
        Default: "No",
      },
      Yes: { Type: "Succeed" },
      No: { Type: "Succeed" },
    },
  });
  const made = { name: "looks", definition, roleArn };
  const { stateMachineArn } = await stepFunctions.send(new CreateStateMachineCommand(made));
  const start = () => stepFunctions.send(new StartExecutionCommand({ stateMachineArn }));
  const statuses = async () => {
    const { executions = [] } = await stepFunctions.send(new ListExecutionsCommand({ stateMachineArn }));
    return executions.map(({ status }) => status);
  };
  await start();
  while ((await statuses()).includes("RUNNING")) await setTimeout(100);
  // afterwards nothing is run
  await reallyRunning(aws, async () => {});
  await start();
  expect(await statuses()).toEqual(["RUNNING", "SUCCEEDED"]);
  await reallyRunning(aws, async () => {
    await start();
    while ((await statuses())[0] === "RUNNING") await setTimeout(100);
  });
  expect(await statuses()).toEqual(["SUCCEEDED", "RUNNING", "SUCCEEDED"]);
  expect(aws.said.filter((line) => line.includes("Exception="))).toEqual([]);
});
