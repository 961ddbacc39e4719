/**
 * Runs killed in the middle of the steps whose works are done at once, each in a thread with queries of its own:
 * whichever of them came how far, a run comes to what it does undisturbed. At the steps' beginnings: kill-anywhere.
 */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import type { Fault, Victim } from "@penstock/local/fault-points.ts";
import { pipelines } from "@penstock/pipelines/registry.ts";
import { hasStory } from "../support/kill-story.ts";
import { Killing, type Told } from "../support/killing.ts";
import { faultsFolder } from "../support/laptop.ts";

jest.setTimeout(600_000);

/** The steps of several works: those of a dataset each are called by all their names. */
const isAtOnce = (step: string): boolean => step.includes(", ") || ["stage", "gate", "close"].includes(step);

/** Mostly the job alone, which leaves its queries to a JVM that goes on. */
const victims: readonly Victim[] = ["job", "spark", "job", "job", "daemon"];

describe.each(pipelines.filter(hasStory))("$name, killed within steps", (pipeline) => {
  let killing: Killing;
  let faults: readonly Fault[];
  let undisturbed: Told;
  let disturbed: Told;
  beforeAll(async () => {
    process.env.PENSTOCK_FAULTS = faultsFolder;
    killing = new Killing(pipeline);
    await killing.begin();
    undisturbed = await killing.tell([]);
    // a second attempt has steps of other names: it removes what the first may have set aside, too
    await killing.tell([{ point: "job migrate started", kill: "job" }]);
    const runs = join(killing.laptop.home.lake, "runs", pipeline.name);
    const report = join(runs, readdirSync(runs).sort().at(-1) ?? "", "report.json");
    const { steps } = JSON.parse(readFileSync(report, "utf8"));
    faults = (steps as { name: string; seconds: number }[])
      .filter(({ name }) => isAtOnce(name))
      .map(({ name, seconds }, at) => ({
        point: `job ${name} started`,
        kill: victims[at % victims.length] ?? "job",
        // that was on a Spark that had only started; on a warm one it takes half as long
        after: Math.round(seconds * 200),
      }));
    disturbed = await killing.tell(faults);
  }, 600_000);
  afterAll(async () => {
    delete process.env.PENSTOCK_FAULTS;
    await killing.laptop.end();
  });

  test("something died each time, mostly within its step", () => {
    expect(faults.length).toBeGreaterThan(3);
    expect(disturbed.missed).toEqual([]);
    expect(disturbed.killed.map(({ point }) => point)).toEqual(faults.map(({ point }) => point));
    // a step that had ended would have said so before the kill is noted
    const { points } = disturbed;
    const within = faults.filter(({ point }) =>
      points.some((each, at) => each === point && points[at + 1] === point),
    );
    expect(within.length).toBeGreaterThan(faults.length / 2);
  });

  test("everything is the same, row for row and item for item", () => {
    expect(disturbed.outcome).toEqual(undisturbed.outcome);
  });
});
