import { expect, test } from "@jest/globals";
import type { Run } from "@penstock/lake/ledger-entries.ts";
import { successNotice } from "./success-notice.ts";
import { counts } from "./testing/plan-run-world.ts";

const facts = { pipeline: "charging-sessions", environment: "local" };
const run: Run = {
  run_id: "20261120T201512Z-3f9a1c",
  status: "SUCCEEDED",
  work: { kind: "load" },
  request: null,
  attempt: 1,
  failures: 0,
  execution: "e1",
  files: [],
  started_at: "2026-11-20T20:15:12.000Z",
  finished_at: "2026-11-20T20:16:12.000Z",
  resumable: false,
  error: null,
  cause: null,
  publish: 1,
  datasets: { charging_sessions: counts(1200) },
  rows: {},
  reasons: {},
  outcomes: [],
};
const rejected = {
  key: "raw/ev_sessions/b.csv",
  status: "rejected",
  profile: null,
  rows: 0,
  reason: "no profile has its header",
} as const;

test("all well: how many, and how to look at them", () => {
  const { subject, message } = successNotice(run, facts);
  expect(subject).toBe("charging-sessions: 1,200 rows in");
  expect(message).toContain('Next:\n  pnpm penstock sql "SELECT count(*) FROM charging_sessions"\n');
});

test("rows that wait for what they refer to, and for how long is too long", () => {
  const orphans = { ...counts(2), read: 5, quarantined: 3, waiting: 3, overdue: 1 };
  const { message } = successNotice(
    {
      ...run,
      datasets: { order_items: orphans },
      reasons: { order_items: { "orphan: order_id is not in orders": 3 } },
    },
    facts,
  );
  expect(message).toContain(`
Waiting for the rows they refer to:
  3 rows of order_items
    1 of them for too long

Next:
  pnpm penstock quarantine order_items
  pnpm penstock quarantine order_items --reason orphan
`);
});

test("files rejected: which, why, and what to do about them", () => {
  const { subject, message, attributes } = successNotice({ ...run, outcomes: [rejected] }, facts);
  expect(subject).toBe("charging-sessions: 1,200 rows in, 1 file rejected");
  expect(message).toBe(`charging-sessions (local) succeeded.
Run 20261120T201512Z-3f9a1c, 0 files

charging_sessions: 1,200 read, 1,200 accepted
  1,200 new

1 file rejected:
  raw/ev_sessions/b.csv:
    no profile has its header

Drop the rejected again, mended; or add their
format to the pipeline's sources, then:
  pnpm penstock run charging-sessions --again
`);
  expect(attributes).toMatchObject({ status: "SUCCEEDED", accepted: "1200", rejected_files: "1" });
});

test("rows quarantined come first", () => {
  const datasets = { charging_sessions: { ...counts(5), read: 7, quarantined: 2 } };
  const { message } = successNotice({ ...run, datasets, outcomes: [rejected] }, facts);
  expect(message).toContain("Next:\n  pnpm penstock quarantine charging_sessions\nDrop the rejected again");
});
