import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { fileObjects } from "@penstock/lake/file-objects.ts";
import type { Ledger } from "@penstock/lake/ledger.ts";
import { filesInLake } from "./files-in-lake.ts";

const folder = await mkdtemp(join(tmpdir(), "penstock-lake-"));
afterAll(() => rm(folder, { recursive: true }));

test("what lies there and what was put away, each key once, in order", async () => {
  const objects = fileObjects(folder);
  await objects.write("raw/x/b.csv", "new content");
  await objects.write("raw/x/.hidden", "x");
  const inputs = [
    { key: "raw/x/a.csv", size: 1, modified: "2026-01-01T00:00:00.000Z", put_away: "archive/x/run=r/a.csv" },
    { key: "raw/x/b.csv", size: 2, modified: "2020-01-01T00:00:00.000Z", put_away: "archive/x/run=r/b.csv" },
    { key: "raw/x/gone.csv", size: 3, modified: "2026-01-01T00:00:00.000Z" },
  ];
  const ledger = { inputs: async () => inputs } as unknown as Ledger;
  const found = await filesInLake(objects, ledger, { prefix: "raw/x/", beginning: "" });
  expect(found.map(({ key, size }) => [key, size])).toEqual([
    ["raw/x/a.csv", 1],
    ["raw/x/b.csv", 11],
  ]);
  expect(await filesInLake(objects, ledger, { prefix: "raw/x/", beginning: "c" })).toEqual([]);
});
