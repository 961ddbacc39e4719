import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { fileRun } from "@penstock/workflows/file-run.ts";
import type { Pipeline, Profile } from "@penstock/workflows/pipeline.ts";
import { filesNamed, ownFile } from "./uploads.ts";

const any: Pipeline = {
  name: "one",
  description: "One.",
  datasets: [],
  trigger: { prefix: "raw/one/", sweep: "daily", maintenance: "weekly" },
  workflow: fileRun({ datasets: [], prefix: "raw/one/", lookups: [] }),
  lookups: [],
  queries: { metrics: {}, checks: {}, named: {} },
  volume: { deliveriesPerDay: 1, filesPerDelivery: 1, rowsPerFile: 1, bytesPerFile: 1, served: {} },
};
const profile = (format?: "csv" | "json"): Profile => ({
  name: "one",
  header: ["id"],
  folder: null,
  multiline: false,
  datasets: [],
  ...(format === undefined ? {} : { format }),
});
const ofCsv: Pipeline = { ...any, profiles: [profile()] };
const ofBoth: Pipeline = { ...any, profiles: [profile(), profile("json")] };

const folder = mkdtempSync(join(tmpdir(), "penstock-uploads-"));
const names = (patterns: readonly string[], pipeline: Pipeline) =>
  filesNamed(
    patterns.map((name) => join(folder, name)),
    pipeline,
  )
    .map((path) => basename(path))
    .sort();

beforeAll(() => {
  mkdirSync(join(folder, "deeper.json"));
  for (const name of [
    "a.csv",
    "A.CSV.GZ",
    "b.json",
    "c.jsonl.gz",
    "d.NDJSON",
    "a.csv.faults.json",
    "note.md",
  ])
    writeFileSync(join(folder, name), "");
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("the files that --input names", () => {
  it("are CSV alone where the pipeline has no JSON", () => {
    expect(names(["*"], ofCsv)).toEqual(["A.CSV.GZ", "a.csv"]);
    expect(() => names(["b.json"], ofCsv)).toThrow(/expected a name that ends in \.csv or \.csv\.gz$/);
  });

  it("are JSON, too, where it has, but for a sample's sidecar among others", () => {
    expect(names(["*"], ofBoth)).toEqual(["A.CSV.GZ", "a.csv", "b.json", "c.jsonl.gz", "d.NDJSON"]);
    expect(names(["b.json", "*.json"], ofBoth)).toEqual(["b.json"]);
    expect(() => names(["note.md"], ofBoth)).toThrow(
      /ends in \.csv, \.csv\.gz, \.json, \.json\.gz, \.jsonl, \.jsonl\.gz, \.ndjson or \.ndjson\.gz$/,
    );
    expect(() => names(["deeper.json"], ofBoth)).toThrow(/it is a folder/);
  });
});

it("a file of one's own is JSON where the pipeline takes JSON", () => {
  expect([any, ofCsv, ofBoth].map(ownFile)).toEqual(["my.csv", "my.csv", "my.json"]);
});
