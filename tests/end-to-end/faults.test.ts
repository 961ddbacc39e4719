/** A run against what the generator says that it broke: every count, and every row set aside by line and reasons. */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { openPenstock, type Penstock } from "../support/penstock.ts";

jest.setTimeout(240_000);

let penstock: Penstock;
beforeAll(() => {
  penstock = openPenstock();
});
afterAll(() => penstock.end());

const sample = (...words: string[]) => penstock.run("sample", "charging-sessions", ...words);
const text = (name: string) => readFileSync(join(penstock.files, name), "latin1");

interface Expected {
  readonly line: number;
  readonly fault: string;
  readonly expected: readonly string[] | "duplicate";
}

test("a run of a broken file finds exactly what was broken", async () => {
  const made = await sample(..."--rows 4000 --seed 11 --faults 0.15 --out broken.csv --json".split(" "));
  expect(made.json.sidecars).toEqual(["broken.csv.faults.json"]);
  const sidecar = JSON.parse(text("broken.csv.faults.json"));
  const broken: readonly Expected[] = sidecar.broken;
  const kinds = new Set(broken.map(({ fault }) => fault));
  expect([...kinds].sort()).toEqual(Object.keys(sidecar.faults).sort());

  // by a glob that the sidecar lies under, too
  const { exitCode, json } = await penstock.run("run", "charging-sessions", "--input", "*", "--json");
  expect({ exitCode, error: json.error, files: json.files.length }).toEqual({
    exitCode: 0,
    error: null,
    files: 1,
  });
  const { reasons, ...counts } = sidecar.datasets.charging_sessions;
  expect(json.datasets.charging_sessions).toMatchObject({ ...counts, inserted: counts.accepted });
  expect(counts.read).toBe(4000);
  expect(counts.duplicates).toBeGreaterThan(0);
  expect(json.reasons.charging_sessions).toEqual(reasons);

  const quarantine = await penstock.run("quarantine", "charging_sessions", "--limit", "4000", "--json");
  expect(quarantine.json.rows.map(({ line, reasons }: Record<string, unknown>) => [line, reasons])).toEqual(
    broken.flatMap(({ line, expected }) => (expected === "duplicate" ? [] : [[line, expected.join("; ")]])),
  );
});

describe("penstock sample --faults", () => {
  test("breaks by kind, the same bytes for the same seed", async () => {
    const faults = "still open=0.1, invalid UTF-8=0.1";
    for (const name of ["one.csv", "two.csv"]) {
      await sample("--rows", "200", "--faults", faults, "--out", name);
    }
    expect(text("one.csv")).toBe(text("two.csv"));
    const { broken }: { broken: readonly Expected[] } = JSON.parse(text("one.csv.faults.json"));
    expect([...new Set(broken.map(({ fault }) => fault))].sort()).toEqual(["invalid UTF-8", "still open"]);
    const invalid = broken.filter(({ fault }) => fault === "invalid UTF-8").map(({ line }) => line);
    const found = text("one.csv")
      .split("\n")
      .flatMap((line, index) => (line.includes(" \xe9,") ? [index + 1] : []));
    expect(found).toEqual(invalid);
  });

  test("leaves no sidecar beside a file without faults", async () => {
    await sample("--rows", "5", "--faults", "0.5", "--out", "again.csv");
    const { json } = await sample("--rows", "5", "--out", "again.csv", "--json");
    expect(json.sidecars).toEqual([]);
  });

  test("refuses what it does not know, and names what it does", async () => {
    const unknown = await sample("--faults", "stil open=0.1", "--out", "x.csv");
    expect(unknown.exitCode).toBe(2);
    expect(unknown.stderr).toContain('did you mean "still open"?');
    expect(unknown.stderr).toContain("NUL byte");
    for (const faults of ["1.5", "much", "still open=", "still open=0.6,no site=0.6"]) {
      expect((await sample("--faults", faults, "--out", "x.csv")).exitCode).toBe(2);
    }
  });

  test("makes a sidecar that no run takes for input", async () => {
    writeFileSync(join(penstock.files, "x.csv.faults.json"), "{}");
    const { exitCode, stderr } = await penstock.run(
      "run",
      "charging-sessions",
      "--input",
      "x.csv.faults.json",
    );
    expect(exitCode).toBe(2);
    expect(stderr).toContain(".csv.gz");
  });
});
