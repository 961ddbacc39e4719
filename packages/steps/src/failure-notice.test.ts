import { expect, test } from "@jest/globals";
import type { Run } from "@penstock/lake/ledger-entries.ts";
import { failureNotice } from "./failure-notice.ts";
import { counts } from "./testing/plan-run-world.ts";

const facts = { pipeline: "charging-sessions", environment: "prod" };
const file = { key: "raw/ev_sessions/a.csv", hash: "sha256:1", version: null, size: 1, modified: "" };
const run: Run = {
  run_id: "20261120T201512Z-3f9a1c",
  status: "FAILED",
  work: { kind: "load" },
  request: null,
  attempt: 2,
  failures: 1,
  execution: "e1",
  files: [file],
  started_at: "2026-11-20T20:15:12.000Z",
  finished_at: "2026-11-20T20:16:12.000Z",
  resumable: true,
  error: "States.TaskFailed",
  cause: "NumberFormatException [CAST_INVALID_INPUT]",
  publish: null,
  datasets: {},
  rows: {},
  reasons: {},
  outcomes: [],
};
const failure = { error: "", cause: "" };
const messageOf = (changes: Partial<Run>, waiting = 0): string =>
  failureNotice({ ...run, ...changes }, failure, waiting, "20261119T000000Z-aaaaaa", facts).message;

test("a job that broke: what, why, what becomes of the files, what to type", () => {
  expect(messageOf({}, 2)).toBe(`charging-sessions (prod) failed.
Run 20261120T201512Z-3f9a1c, 1 file, attempt 2

States.TaskFailed:
NumberFormatException [CAST_INVALID_INPUT]

The next run goes on where this one stopped;
no file is lost.
2 files wait for the next run.

No row was read.

Next:
  pnpm penstock logs 20261120T201512Z-3f9a1c --env prod
  pnpm penstock run charging-sessions --env prod
`);
});

test.each([
  [
    "local",
    "No space left on device, SparkException",
    "The disk is full: free some space, then run it again.",
  ],
  ["prod", "No space left on device, SparkException", "Its disk is full: load smaller files one by one."],
  [
    "local",
    "out of memory, Spark's JVM ended during the run",
    "Close what else needs memory, or load smaller files\none by one.",
  ],
  ["prod", "out of memory", "Load smaller files one by one."],
  [
    "local",
    "Spark did not start",
    "Is its Java 17 still there? Mend what Spark runs on\nwith: pnpm penstock setup",
  ],
])("a failure of the machine (%s, %s) says what to do", (environment, cause, told) => {
  const { message } = failureNotice({ ...run, cause }, failure, 0, null, { ...facts, environment });
  expect(message).toContain(
    `\nStates.TaskFailed:\n${cause}\n\n${told}\nThe next run goes on where this one stopped;\n`,
  );
});

test("a gate: how many rows and why, and where they can be looked at", () => {
  const message = messageOf({
    attempt: 1,
    resumable: false,
    error: "GateFailed",
    cause: "charging_sessions: quarantined at most 0.2 (0.5)",
    datasets: {
      charging_sessions: {
        ...counts(5),
        read: 10,
        quarantined: 5,
        branch: "run_20261120T201512Z_3f9a1c",
        snapshot_id: "7795515743130238229",
      },
    },
    reasons: { charging_sessions: { "energy_kwh: below 0": 5 } },
  });
  expect(message).toBe(`charging-sessions (prod) failed.
Run 20261120T201512Z-3f9a1c, 1 file

GateFailed:
charging_sessions: quarantined at most 0.2 (0.5)

Nothing was published.
Mend the file and load it again under its name; or,
if it is right, change the gate in the contract and
run with --again.
What would have been is on the branches
  charging_sessions: run_20261120T201512Z_3f9a1c
    FOR VERSION AS OF 7795515743130238229
Its files are held until they are asked for again.

charging_sessions: 10 read, 5 accepted
  5 new
  5 quarantined
    5 x energy_kwh: below 0

Next:
  pnpm penstock logs 20261120T201512Z-3f9a1c --env prod
  pnpm penstock quarantine charging_sessions --env prod
  pnpm penstock run charging-sessions --again --env prod
`);
});

test("a gate of a table without branches: the rows are among the cleaned ones", () => {
  const message = messageOf({
    resumable: false,
    error: "GateFailed",
    cause: "orders: quarantined at most 0.2 (0.5)",
    datasets: { orders: { ...counts(5), branch: null }, products: { ...counts(0), branch: null } },
  });
  expect(message).toContain(`Nothing was published.
Mend the file and load it again under its name; or,
if it is right, change the gate in the contract and
run with --again.
What would have been is in
  orders_cleaned
    WHERE run = '20261120T201512Z-3f9a1c'
Its files`);
});

test("rows that wait for what they refer to, and for how long is too long", () => {
  const datasets = { order_items: { ...counts(2), quarantined: 3, waiting: 3, overdue: 1, branch: "run_x" } };
  const message = messageOf({
    error: "GateFailed",
    cause: "order_items: too few",
    resumable: false,
    datasets,
  });
  expect(message).toContain(`
Waiting for the rows they refer to:
  3 rows of order_items
    1 of them for too long

Next:
  pnpm penstock logs 20261120T201512Z-3f9a1c --env prod
  pnpm penstock quarantine order_items --env prod
  pnpm penstock quarantine order_items --reason orphan --env prod
  pnpm penstock run charging-sessions --again --env prod
`);
});

test.each([
  {},
  { error: "SanityCheckFailed", cause: "sanity query no_key_twice finds rows that offend", resumable: false },
  { error: "GateFailed", cause: "orders: quarantined at most 0.2 (0.5)", resumable: false },
  { cause: "out of memory" },
  { cause: "Spark did not start" },
  { error: "States.Timeout", cause: "its message may quote rows" },
])("no line has to be broken on a phone: %j", (changes) => {
  const longest = Math.max(
    ...messageOf(changes)
      .split("\n")
      .map((line) => line.length),
  );
  expect(longest).toBeLessThan(60);
});

test("outside of a run there is none to look at", () => {
  const { subject, message, attributes } = failureNotice(
    null,
    { error: "Runtime.ExitError", cause: "exit status 1" },
    1,
    null,
    facts,
  );
  expect(subject).toBe("[prod] charging-sessions: FAILED, Runtime.ExitError");
  expect(message).toContain("Next:\n  pnpm penstock run charging-sessions --env prod\n");
  expect(attributes).toMatchObject({ run_id: "none", status: "FAILED" });
});
