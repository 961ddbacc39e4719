import { expect, test } from "@jest/globals";
import type { LogEvent } from "@penstock/lake/log-events.ts";
import { functionEntries } from "./functions.ts";

const secret = "driver-4711@example.org";
const request = (digit: string): string => `00000000-0000-4000-8000-00000000000${digit}`;
const at = (second: number): Date => new Date(Date.UTC(2026, 10, 20, 20, 15, second));
const line = (second: number, id: string, message: string | object, level = "INFO"): LogEvent => {
  const text = typeof message === "string" ? message : JSON.stringify(message);
  return { at: at(second), stream: "s", message: `${at(second).toISOString()}\t${id}\t${level}\t${text}\n` };
};
const of = { runId: "r1", worked: [{ execution: "e1", from: at(0), to: at(30) }] };
const entries = (...events: LogEvent[]) => functionEntries("f", events, of);

test("structured lines are told with their fields, by the run that they name", () => {
  const common = { timestamp: "t", level: "INFO", pipeline: "demo", execution: "e1" };
  const found = entries(
    line(1, request("1"), { ...common, message: "claim done", run_id: "r1", outcome: "claimed" }),
    line(2, request("2"), { ...common, message: "claim done", run_id: "r2", outcome: "claimed" }),
    line(3, request("3"), { ...common, message: "claim done", run_id: "r1", outcome: "joined" }),
  );
  expect(found).toEqual([
    {
      at: "2026-11-20T20:15:01.000Z",
      source: "function",
      name: "f",
      level: "INFO",
      message: "claim done",
      id: request("1"),
      fields: { outcome: "claimed" },
    },
  ]);
});

test("a line that names only the execution belongs to whom it worked for at the time", () => {
  const failed = {
    level: "ERROR",
    message: "claim failed",
    execution: "e1",
    error: "LeaseLost",
    cause: "gone",
  };
  const found = entries(
    line(5, request("1"), failed, "ERROR"),
    line(45, request("2"), failed, "ERROR"),
    line(6, request("3"), { ...failed, execution: "e2" }, "ERROR"),
  );
  expect(found.map(({ id, level }) => [id, level])).toEqual([[request("1"), "ERROR"]]);
});

test("what may quote a row is not told: a foreign cause, a stack", () => {
  const found = entries(
    line(5, request("1"), {
      level: "ERROR",
      message: "failed",
      run_id: "r1",
      error: "QueryFailed",
      cause: secret,
    }),
    line(6, request("1"), `TypeError: ${secret}`, "ERROR"),
    line(7, request("1"), `    at file.ts:1 ${secret}`, "ERROR"),
  );
  expect(JSON.stringify(found)).not.toContain(secret);
  expect(found[1]).toMatchObject({
    level: "ERROR",
    message: "TypeError (2 lines not shown)",
    full_text: { log_group: "/aws/lambda/f", log_stream: "s", lines: 2 },
  });
});

test("Lambda's own lines and metrics are left out", () => {
  const report: LogEvent = {
    at: at(2),
    stream: "s",
    message: `REPORT RequestId: ${request("1")} Duration: 1 ms`,
  };
  expect(entries(report, line(3, request("1"), { _aws: {}, "figures.read": 1 }))).toEqual([]);
});
