/** A run against what the generator says that it broke: every count, and every row set aside by line and reasons. */

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { pipelines } from "@penstock/pipelines/registry.ts";
import { toolchain } from "@penstock/toolchain/paths.ts";
import { openPenstock, type Penstock } from "../support/penstock.ts";

jest.setTimeout(240_000);

let penstock: Penstock;
beforeAll(() => {
  penstock = openPenstock();
});
afterAll(() => penstock.end());

const sample = (...words: string[]) => penstock.run("sample", ...words);
const text = (name: string) => readFileSync(join(penstock.files, name), "latin1");

interface Expected {
  readonly line: number;
  readonly fault: string;
  readonly expected: readonly string[] | "duplicate";
}

interface Counts extends Readonly<Record<string, unknown>> {
  readonly accepted: number;
  readonly reasons: Readonly<Record<string, number>>;
}

/** Those with a generator; a simulated source is held to its own tests. */
const generating = pipelines.filter(({ name }) =>
  existsSync(join(toolchain.repository, "packages/pipelines", name, "generator.ts")),
);

describe.each(generating)("$name", ({ name, datasets }) => {
  test("a run of broken files finds exactly what was broken", async () => {
    const made = await sample(
      name,
      ..."--rows 4000 --seed 11 --faults 0.15 --json".split(" "),
      "--out",
      name,
    );
    const sidecars = made.json.sidecars.map((path: string) => JSON.parse(text(path)));
    const faults = sidecars.flatMap((each: { broken: readonly Expected[] }) =>
      each.broken.map(({ fault }) => fault),
    );
    // a small file of a sample has not room for every kind
    expect(new Set(faults).size).toBeGreaterThan(Object.keys(made.json.faults).length / 2);

    // by a glob that the sidecars lie under, too
    const { exitCode, json } = await penstock.run("run", name, "--input", `${name}/*`, "--json");
    expect({ exitCode, error: json.error, files: json.files.length }).toEqual({
      exitCode: 0,
      error: null,
      files: made.json.files.length,
    });
    for (const sidecar of sidecars) {
      for (const [dataset, { reasons, ...counts }] of Object.entries<Counts>(sidecar.datasets)) {
        expect(json.datasets[dataset]).toMatchObject({ ...counts, inserted: counts.accepted });
        expect(json.reasons[dataset] ?? {}).toEqual(reasons);
        const quarantine = await penstock.run("quarantine", dataset, "--limit", "4000", "--json");
        expect(
          quarantine.json.rows.map(({ line, reasons }: Record<string, unknown>) => [line, reasons]),
        ).toEqual(
          sidecar.broken.flatMap(({ line, expected }: Expected) =>
            expected === "duplicate" ? [] : [[line, expected.join("; ")]],
          ),
        );
      }
    }
    expect(Object.keys(json.datasets)).toEqual(expect.arrayContaining(datasets.map((each) => each.name)));
  });
});

describe("penstock sample --faults", () => {
  const pipeline = "charging-sessions";

  test("breaks by kind, the same bytes for the same seed", async () => {
    const faults = "still open=0.1, invalid UTF-8=0.1";
    for (const name of ["one.csv", "two.csv"]) {
      await sample(pipeline, "--rows", "200", "--faults", faults, "--out", name);
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
    await sample(pipeline, "--rows", "5", "--faults", "0.5", "--out", "again.csv");
    const { json } = await sample(pipeline, "--rows", "5", "--out", "again.csv", "--json");
    expect(json.sidecars).toEqual([]);
  });

  test("refuses what it does not know, and names what it does", async () => {
    const unknown = await sample(pipeline, "--faults", "stil open=0.1", "--out", "x.csv");
    expect(unknown.exitCode).toBe(2);
    expect(unknown.stderr).toContain('did you mean "still open"?');
    expect(unknown.stderr).toContain("NUL byte");
    for (const faults of ["1.5", "much", "still open=", "still open=0.6,no site=0.6"]) {
      expect((await sample(pipeline, "--faults", faults, "--out", "x.csv")).exitCode).toBe(2);
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
