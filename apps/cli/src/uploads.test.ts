import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { fileRun } from "@penstock/workflows/file-run.ts";
import type { Pipeline, Profile } from "@penstock/workflows/pipeline.ts";
import { filesNamed, ownFile, upload } from "./uploads.ts";

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

describe("an upload", () => {
  const lake = join(folder, "lake");
  const put = async (path: string, rejected?: string) =>
    await upload([path], {
      lakeUrl: pathToFileURL(lake).href,
      prefix: "raw/one/",
      ...(rejected === undefined ? {} : { rejected: new Set([rejected]) }),
    });
  const path = join(folder, "orders.csv");
  const there = join(lake, "raw/one/orders.csv");

  it("replaces another content, be it of the same size, and leaves the same alone unless it was rejected", async () => {
    for (const content of ["id\n1\n", "id\n2\n", "id\n3\n4\n"]) {
      writeFileSync(path, content);
      expect(await put(path)).toEqual(["raw/one/orders.csv"]);
      expect(readFileSync(there, "utf8")).toBe(content);
    }
    const inode = statSync(there).ino;
    await put(path);
    expect(statSync(there).ino).toBe(inode);
    await put(path, "raw/one/orders.csv");
    expect(statSync(there).ino).not.toBe(inode);
  });

  // as S3 has it: of two rows that no column tells apart, that of the file that was put last is kept
  it("is as new as the moment it is made, however old the file is", async () => {
    const yesterday = join(folder, "yesterday.csv");
    writeFileSync(yesterday, "id\n1\n");
    utimesSync(yesterday, new Date("2026-03-01"), new Date("2026-03-01"));
    const before = Date.now();
    await put(yesterday);
    expect(statSync(join(lake, "raw/one/yesterday.csv")).mtimeMs).toBeGreaterThan(before - 2000);
  });

  it("refuses two files of one name", async () => {
    const paths = ["a/x.csv", "b/x.csv"];
    await expect(upload(paths, { lakeUrl: pathToFileURL(lake).href, prefix: "raw/one/" })).rejects.toThrow(
      "a/x.csv and b/x.csv have the same name; rename one or run them one by one",
    );
  });
});

it("a file of one's own is JSON where the pipeline takes JSON", () => {
  expect([any, ofCsv, ofBoth].map(ownFile)).toEqual(["my.csv", "my.csv", "my.json"]);
});
