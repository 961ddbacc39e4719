import type { HistoryEvent } from "@aws-sdk/client-sfn";
import { expect, test } from "@jest/globals";
import { segmentOf } from "./segment.ts";

let id = 0;
const event = (details: Partial<HistoryEvent>): HistoryEvent => {
  id += 1;
  return { id, type: "Unknown" as HistoryEvent["type"], timestamp: new Date(id * 1000), ...details };
};
const started = () => event({ type: "ExecutionStarted" });
const enters = (name: string) => event({ stateEnteredEventDetails: { name, input: "{}" } });
const leaves = (name: string, claim?: object) =>
  event({ stateExitedEventDetails: { name, output: JSON.stringify(claim === undefined ? {} : { claim }) } });
const claims = (run_id: string, outcome = "claimed") => [
  enters("Claim"),
  leaves("Claim", { run_id, outcome }),
];
const works = (run_id: string) => [enters("RunJob"), leaves("RunJob", { run_id, outcome: "claimed" })];

test("an execution that claims one run has no other's events", () => {
  const events = [started(), ...claims("r1"), ...works("r1")];
  expect(segmentOf(events, "r1", false)).toEqual(events);
  expect(segmentOf(events, "r2", false)).toEqual([]);
});

test("an execution that claims a second run belongs to each from its claim on", () => {
  const first = [started(), ...claims("r1"), ...works("r1")];
  const second = [...claims("r2"), ...works("r2")];
  expect(segmentOf([...first, ...second], "r1", false)).toEqual(first);
  expect(segmentOf([...first, ...second], "r2", true)).toEqual(second);
});

test("one that joined has worked on nothing", () => {
  const events = [started(), ...claims("r1", "joined"), enters("Joined")];
  expect(segmentOf(events, "r1", false)).toEqual([]);
});

test("one that broke before its claim told of it is known by the ledger alone", () => {
  const events = [started(), enters("Claim"), enters("RecordFailure")];
  expect(segmentOf(events, "r1", true)).toEqual(events);
  expect(segmentOf(events, "r1", false)).toEqual([]);
});
