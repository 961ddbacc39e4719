/**
 * One run, killed with `kill -9` at every state transition, in its job and in every function, by turns the
 * daemon, Spark, the job's Python and the functions: it comes to what it does undisturbed. The points are those that
 * the undisturbed run reports. Every point with every kind of kill, each alone: `pnpm kill-matrix`.
 */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { taskStates } from "@penstock/local/step-functions/tasks.ts";
import pipeline from "@penstock/pipelines/charging-sessions/pipeline.ts";
import { toolchain } from "@penstock/toolchain/paths.ts";
import { chain, pointsOf } from "../support/kill-points.ts";
import { Killing, type Told } from "../support/killing.ts";
import { faultsFolder } from "../support/laptop.ts";

jest.setTimeout(1_200_000);

let killing: Killing;
let undisturbed: Told;
let disturbed: Told;
beforeAll(async () => {
  process.env.PENSTOCK_FAULTS = faultsFolder;
  killing = new Killing(pipeline);
  await killing.begin();
  undisturbed = await killing.tell([]);
  disturbed = await killing.tell(chain(undisturbed.points));
}, 1_200_000);
afterAll(async () => {
  delete process.env.PENSTOCK_FAULTS;
  await killing.laptop.end();
});

/** States that neither a run nor its failure comes through: each ends an execution that has changed nothing. */
const elsewhere = [
  ...["Joined", "NothingToDo", "GateFailed", "DescribeOffence", "CheckFailed", "NoticeNotSent"],
];

test("the run is worth killing: every outcome of a row and of a file is there", () => {
  const run = undisturbed.outcome.items["penstock-local-ledger"]?.find(({ item }) => item === "run#run 2");
  expect(run).toMatchObject({
    status: "SUCCEEDED",
    datasets: {
      charging_sessions: {
        inserted: 6,
        updated: 1,
        unchanged: 1,
        superseded: 1,
        duplicates: 1,
        quarantined: 2,
      },
      sites: { inserted: 3, updated: 1, unchanged: 1, quarantined: 1 },
    },
    outcomes: [{ status: "rejected" }, { status: "accepted" }, { status: "accepted" }],
  });
  expect(undisturbed).toMatchObject({ attempts: 1, killed: [], missed: [] });
  const both = (step: string) => `${step} charging_sessions, ${step} sites`;
  const published = (dataset: string) => [`publish ${dataset}`, `tidy ${dataset}`];
  expect(pointsOf(undisturbed.points).steps).toEqual(
    [
      ...["migrate", "inspect", "survey", both("clean"), both("quarantine"), "conformed", "stage", "gate"],
      ...[...published("charging_sessions"), ...published("sites"), "close", "report"],
    ].map((step) => `job ${step} started`),
  );
});

describe("killed anywhere", () => {
  test("every point was reached, and something died there", () => {
    expect(disturbed.missed).toEqual([]);
    expect(disturbed.killed).toEqual(chain(undisturbed.points));
  });

  test("every state of the workflow is among them, or ends without having changed anything", () => {
    const path = "packages/pipelines/charging-sessions/generated/workflow.asl.json";
    const definition = JSON.parse(readFileSync(join(toolchain.repository, path), "utf8"));
    const visited = disturbed.killed.map(({ point }) => point.replace("state ", ""));
    expect(
      statesOf(definition)
        .filter((state) => !visited.includes(state))
        .sort(),
    ).toEqual([...elsewhere].sort());
    expect(
      taskStates(definition)
        .map(({ name }) => name)
        .filter((name) => !visited.includes(name)),
    ).toEqual([]);
  });

  test("the tables, the cleaned rows and the quarantine are the same, row for row", () => {
    expect(disturbed.outcome.tables).toEqual(undisturbed.outcome.tables);
  });

  test("the ledger and the lookups are the same, item for item", () => {
    expect(disturbed.outcome.items).toEqual(undisturbed.outcome.items);
  });

  test("the success is told, and nothing else after it", () => {
    expect(disturbed.outcome.contradictions).toEqual([]);
    expect(disturbed.outcome.told).toEqual(undisturbed.outcome.told);
  });
});

interface Machine {
  readonly States: Readonly<Record<string, { ItemProcessor?: Machine; Iterator?: Machine }>>;
}

function statesOf({ States }: Machine): string[] {
  return Object.entries(States).flatMap(([name, { ItemProcessor, Iterator: iterator }]) => [
    name,
    ...[ItemProcessor, iterator].flatMap((inner) => (inner === undefined ? [] : statesOf(inner))),
  ]);
}
