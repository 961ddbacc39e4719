import { appendFileSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "@jest/globals";
import { CloudWatchLogs } from "./cloudwatch-logs.ts";
import { LogFile } from "./log.ts";
import { cloudWatchLogsApi } from "./wire/cloudwatch-logs.ts";
import { answerJson } from "./wire/json-protocol.ts";

const time = (second: number): string => new Date(Date.UTC(2026, 10, 20, 20, 15, second)).toISOString();
const at = (second: number): number => Date.parse(time(second));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "penstock-logs-"));
  const plan = new LogFile(join(folder, "lambda", "plan.ndjson"));
  plan.write({ time: time(1), stream: "stdout", message: "cold start" });
  plan.write({ time: time(2), stream: "stdout", request_id: "q1", message: '{"a":1}' });
  plan.write({ time: time(3), stream: "stderr", request_id: "q1", message: "oh" });
  const second = new LogFile(join(folder, "glue", "jr_2.ndjson"));
  second.write({ time: time(5), stream: "stdout", message: "two" });
  const first = new LogFile(join(folder, "glue", "jr_1.ndjson"));
  first.write({ time: time(4), stream: "stdout", message: "one" });
  first.write({ time: time(6), stream: "stderr", message: "Traceback" });
  appendFileSync(first.path, '{"time":"2026-11-20T20:1');
});

async function ask(operation: string, input: object) {
  const api = cloudWatchLogsApi(
    new CloudWatchLogs({ lambda: join(folder, "lambda"), glue: join(folder, "glue") }),
  );
  const { status, body } = await answerJson(api, operation, JSON.stringify(input));
  return { status, ...JSON.parse(String(body)) };
}

const messages = async (input: object) =>
  (await ask("FilterLogEvents", input)).events.map((event: { message: string }) => event.message);

test("groups have AWS's names", async () => {
  expect((await ask("DescribeLogGroups", {})).logGroups).toEqual([
    { logGroupName: "/aws-glue/jobs/error" },
    { logGroupName: "/aws-glue/jobs/output" },
    { logGroupName: "/aws/lambda/plan" },
  ]);
  expect((await ask("DescribeLogGroups", { logGroupNamePrefix: "/aws/" })).logGroups).toHaveLength(1);
});

describe("FilterLogEvents", () => {
  test("gives a function's lines as Lambda's Node runtime writes them", async () => {
    expect(await messages({ logGroupName: "/aws/lambda/plan" })).toEqual([
      "cold start",
      `${time(2)}\tq1\tINFO\t{"a":1}`,
      `${time(3)}\tq1\tERROR\toh`,
    ]);
  });

  test("gives job runs' lines by group and stream, in the order of time, without a torn one", async () => {
    const output = { logGroupName: "/aws-glue/jobs/output" };
    expect(await messages(output)).toEqual(["one", "two"]);
    expect(await messages({ ...output, logStreamNames: ["jr_2"] })).toEqual(["two"]);
    expect(await messages({ ...output, logStreamNamePrefix: "jr_2" })).toEqual(["two"]);
    expect(await messages({ ...output, logStreamNamePrefix: "jr_9" })).toEqual([]);
    expect(await messages({ logGroupName: "/aws-glue/jobs/error" })).toEqual(["Traceback"]);
  });

  test("both ends of the time belong to it", async () => {
    const group = { logGroupIdentifier: "arn:aws:logs:eu-west-1:000000000000:log-group:/aws/lambda/plan" };
    expect(await messages({ ...group, startTime: at(2), endTime: at(3) })).toHaveLength(2);
    expect(await messages({ ...group, startTime: at(2) + 1, endTime: at(3) - 1 })).toHaveLength(0);
  });

  test("comes in pages", async () => {
    const asked = { logGroupName: "/aws/lambda/plan", limit: 2 };
    const first = await ask("FilterLogEvents", asked);
    const second = await ask("FilterLogEvents", { ...asked, nextToken: first.nextToken });
    expect([first.events.length, second.events.length, second.nextToken]).toEqual([2, 1, undefined]);
    expect(first.events[0]).toEqual({
      timestamp: at(1),
      ingestionTime: at(1),
      message: "cold start",
      logStreamName: "local",
      eventId: "local/0",
    });
  });

  test.each([
    [{ logGroupName: "/aws/lambda/none" }, "ResourceNotFoundException"],
    [{ logGroupName: "/aws-glue/jobs/output", logStreamNames: ["jr_9"] }, "ResourceNotFoundException"],
    [{ logGroupName: "/aws/lambda/plan", filterPattern: "ERROR" }, "ValidationException"],
    [{ logGroupName: "/aws/lambda/plan", nextToken: "x" }, "InvalidToken"],
  ])("%j is refused", async (input, code) => {
    expect(await ask("FilterLogEvents", input)).toMatchObject({ status: 400, __type: code });
  });
});

test("GetLogEvents reads on until the token stays the same", async () => {
  const asked = { logGroupName: "/aws/lambda/plan", logStreamName: "local", limit: 2 };
  const first = await ask("GetLogEvents", { ...asked, startFromHead: true });
  const second = await ask("GetLogEvents", { ...asked, nextToken: first.nextForwardToken });
  const third = await ask("GetLogEvents", { ...asked, nextToken: second.nextForwardToken });
  expect([first, second, third].map(({ events }) => events.length)).toEqual([2, 1, 0]);
  expect(third.nextForwardToken).toBe(second.nextForwardToken);
  expect((await ask("GetLogEvents", asked)).events.at(-1).message).toContain("oh");
  expect((await ask("GetLogEvents", { ...asked, nextToken: first.nextBackwardToken })).events).toEqual([]);
});
