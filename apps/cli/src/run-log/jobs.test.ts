import { expect, test } from "@jest/globals";
import type { LogEvent } from "@penstock/lake/log-events.ts";
import { jobLogGroups } from "@penstock/lake/log-groups.ts";
import { jobEntries } from "./jobs.ts";

const secret = "driver-4711@example.org";
const at = (second: number): Date => new Date(Date.UTC(2026, 10, 20, 20, 15, second));
const event = (second: number, message: string): LogEvent => ({ at: at(second), stream: "jr_1", message });
const job = { name: "job", logs: jobLogGroups() };
const run = { id: "jr_1", state: "SUCCEEDED", startedAt: at(0), endedAt: at(9), error: null };

test("a job run is told by its steps", () => {
  const output = [
    event(1, '{"run_id": "r1", "step": "stage", "event": "started"}'),
    event(3, '{"run_id": "r1", "step": "stage", "event": "done", "seconds": 2.1, "inserted": 5}'),
  ];
  const found = jobEntries(job, run, { output, error: [] });
  expect(found.map(({ message, fields }) => [message, fields])).toEqual([
    ["job run began", undefined],
    ["stage: started", {}],
    ["stage: done", { seconds: 2.1, inserted: 5 }],
    ["job run SUCCEEDED", { seconds: 9 }],
  ]);
});

test("of a traceback, of a failure and of what was printed no value is told", () => {
  const failed = {
    ...run,
    state: "FAILED",
    error: `NumberFormatException: [CAST_INVALID_INPUT] '${secret}'`,
  };
  const found = jobEntries(job, failed, {
    output: [
      event(2, '{"run_id": "r1", "step": "stage", "event": "failed", "error": "NumberFormatException"}'),
      event(3, `|${secret}|`),
    ],
    error: [event(4, "Traceback (most recent call last):"), event(4, `ValueError: bad row ${secret}`)],
  });
  expect(JSON.stringify(found)).not.toContain(secret);
  expect(found.map(({ level, message }) => `${level} ${message}`)).toEqual([
    "INFO job run began",
    "ERROR stage: failed",
    "INFO 1 line not shown: may quote rows",
    "ERROR ValueError (2 lines not shown)",
    "ERROR job run FAILED: NumberFormatException [CAST_INVALID_INPUT]",
  ]);
  expect(found[3]?.full_text).toEqual({
    log_group: "/aws-glue/jobs/error",
    log_stream: "jr_1",
    lines: 2,
  });
});
