import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { expect, test } from "@jest/globals";
import { cloudWatchLogEvents } from "./log-events.ts";
import { answering } from "./testing/answering.ts";

const span = { from: new Date(1000), to: new Date(9000) };

test("the lines are every page of them, in the order of time", async () => {
  const { config, asked } = answering({
    FilterLogEvents: [
      { events: [{ timestamp: 3000, message: "b", logStreamName: "s" }], nextToken: "t" },
      { events: [{ timestamp: 2000, message: "a", logStreamName: "s" }] },
    ],
  });
  const logs = cloudWatchLogEvents(new CloudWatchLogsClient(config));
  expect(await logs.of("/g", { ...span, stream: "s" })).toEqual([
    { at: new Date(2000), message: "a", stream: "s" },
    { at: new Date(3000), message: "b", stream: "s" },
  ]);
  expect(asked.map(({ input }) => input)).toEqual([
    { logGroupName: "/g", logStreamNamePrefix: "s", startTime: 1000, endTime: 9000 },
    { logGroupName: "/g", logStreamNamePrefix: "s", startTime: 1000, endTime: 9000, nextToken: "t" },
  ]);
});

test("a group that is not there has none; another refusal is one", async () => {
  const refusing = (type: string) =>
    cloudWatchLogEvents(
      new CloudWatchLogsClient(answering({ FilterLogEvents: [{ __type: type, message: "no" }] }).config),
    );
  expect(await refusing("ResourceNotFoundException").of("/g", span)).toEqual([]);
  await expect(refusing("AccessDeniedException").of("/g", span)).rejects.toThrow("no");
});
