import { SFNClient } from "@aws-sdk/client-sfn";
import { expect, test } from "@jest/globals";
import { stepFunctionsHistories } from "./execution-histories.ts";
import { answering } from "./testing/answering.ts";

const execution = (executionArn: string, startDate: number, stopDate?: number) => ({
  executionArn,
  status: stopDate === undefined ? "RUNNING" : "SUCCEEDED",
  startDate,
  stopDate,
});

test("executions are those that ran within the time, and none is asked for that is too old", async () => {
  const { config, asked } = answering({
    ListExecutions: [
      { executions: [execution("late", 500, 501), execution("running", 290)], nextToken: "1" },
      { executions: [execution("long", 90, 210), execution("early", 80, 90)], nextToken: "2" },
      { executions: [execution("too old", 20, 30)], nextToken: "3" },
    ],
  });
  const histories = stepFunctionsHistories(new SFNClient(config));
  const span = { from: new Date(200_000), to: new Date(300_000) };
  expect(await histories.during("machine", span, 150)).toEqual([
    { arn: "long", status: "SUCCEEDED", startedAt: new Date(90_000), stoppedAt: new Date(210_000) },
    { arn: "running", status: "RUNNING", startedAt: new Date(290_000), stoppedAt: null },
  ]);
  expect(asked).toHaveLength(3);
});

test("a history is every page of it", async () => {
  const { config } = answering({
    GetExecutionHistory: [{ events: [{ id: 1 }], nextToken: "t" }, { events: [{ id: 2 }] }],
  });
  const events = await stepFunctionsHistories(new SFNClient(config)).events("arn");
  expect(events.map(({ id }) => id)).toEqual([1, 2]);
});
