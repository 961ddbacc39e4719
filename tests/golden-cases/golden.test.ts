/**
 * Golden cases of every pipeline, driven by the folders: the generated job on real Spark against what was worked
 * out by hand. An expectation that is missing is written, except in CI, where it fails.
 */

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, jest, test } from "@jest/globals";
import { toolchain } from "@penstock/toolchain/paths.ts";
import { type Outcome, runCases } from "./run-cases.ts";

jest.setTimeout(900_000);

const pipelines = join(toolchain.repository, "packages/pipelines");
const withCases = readdirSync(pipelines).filter((name) => existsSync(join(pipelines, name, "golden")));

describe.each(withCases)("%s", (pipeline) => {
  const folder = join(pipelines, pipeline, "golden");
  const cases = readdirSync(folder).filter((name) => existsSync(join(folder, name, "input")));
  let outcomes: Readonly<Record<string, Outcome>>;

  beforeAll(async () => {
    outcomes = await runCases({ pipeline, folder });
  });

  test.each(cases)("%s", (name) => {
    const outcome = outcomes[name];
    if (outcome === undefined) throw new Error(`the runner has nothing of ${name}`);
    const expected = join(folder, name, "expected");
    expect(outcome.counts).toEqual(JSON.parse(wanted(join(expected, "counts.json"), json(outcome.counts))));
    expect(outcome.quarantine).toBe(wanted(join(expected, "quarantine.csv"), outcome.quarantine));
    for (const [dataset, rows] of Object.entries(outcome.tables)) {
      const path = join(expected, `${dataset}.csv`);
      // a case says nothing of a table that it leaves empty
      const isEmpty = rows.trimEnd().split("\n").length === 1;
      if (isEmpty && !existsSync(path)) continue;
      expect(rows).toBe(wanted(path, rows));
    }
  });
});

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

function wanted(path: string, found: string): string {
  if (existsSync(path)) return readFileSync(path, "utf8");
  if (process.env.CI) throw new Error(`${path} is missing; run the test once outside of CI, and look at it`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, found);
  return found;
}
