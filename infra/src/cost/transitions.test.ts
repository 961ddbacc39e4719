import { expect, test } from "@jest/globals";
import { fileRun } from "@penstock/workflows/file-run.ts";
import { longestWay, shortestWay } from "./transitions.ts";

const facts = { datasets: [{ name: "orders", columns: {} }], prefix: "raw/orders/" };

test("a run that does everything, counted by hand", () => {
  const workflow = fileRun({ ...facts, lookups: ["site_id"], validate: true, archive: true });
  // start, Claim, IsClaimed, Validate, IsAnyValid, RunJob, Settle, IsPublished, CheckSanity, PublishMetrics, PutAway,
  // Finish, Notify, IsMorePending, Done: 15; each of two checks: StartCheck, GetCheckResults, IsCheckEmpty,
  // CheckHolds: 8
  expect(longestWay(workflow, 2)).toEqual({
    transitions: 23,
    // Claim, Validate, Settle, PublishMetrics, PutAway, Finish
    functionCalls: 6,
    jobRuns: 1,
    queries: 2,
    notices: 1,
  });
});

test("an execution that finds nothing to do: start, Claim, IsClaimed, Joined", () => {
  expect(shortestWay(fileRun({ ...facts, lookups: [] }), 2)).toEqual({
    transitions: 4,
    functionCalls: 1,
    jobRuns: 0,
    queries: 0,
    notices: 0,
  });
});

test("a workflow that only fails has no way", () => {
  const workflow = { startAt: "No", states: { No: { kind: "fail", error: "No", cause: "No." } as const } };
  expect(() => longestWay(workflow, 0)).toThrow("no way through the workflow ends in success");
});
