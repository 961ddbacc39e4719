import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { fileObjects } from "@penstock/lake/file-objects.ts";
import { type Objects, readJson, writeJson } from "@penstock/lake/objects.ts";
import type { Manifest } from "@penstock/lake/report.ts";
import type { LogRecord } from "../log.ts";
import { type ValidateContext, validate } from "./validate.ts";

let folder: string;
let objects: Objects;
let logged: LogRecord[];
let context: ValidateContext;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "penstock-validate-"));
  objects = fileObjects(folder);
  logged = [];
  const orders = { name: "orders", header: ["id", "total"], folder: null, multiline: false, datasets: [] };
  context = {
    facts: { pipeline: "demo", profiles: [orders] },
    objects,
    log: (record) => logged.push(record),
  };
});
afterEach(() => rm(folder, { recursive: true }));

async function planned(
  contents: Readonly<Record<string, string>>,
  work: Manifest["work"] = { kind: "load" },
) {
  const files = await Promise.all(
    Object.entries(contents).map(async ([name, content]) => {
      const key = `raw/demo/${name}`;
      await objects.write(key, content);
      const head = await objects.head(key);
      if (head === null) throw new Error(`no ${key}`);
      return { ...head, modified: head.modified.toISOString(), lies_at: key, url: objects.url(key) };
    }),
  );
  const facts = { run_id: "r1", pipeline: "demo", prefix: "raw/demo/", attempt: 1, undone: [], keep: {} };
  const manifest: Manifest = { ...facts, work, files };
  await writeJson(objects, "runs/demo/r1/manifest.json", manifest);
  return manifest;
}

const given = async () => (await readJson(objects, "runs/demo/r1/valid.json")) as Manifest;

test("the job is given the files that are left", async () => {
  const manifest = await planned({ "a.csv": "id,total\n1,2\n", "b.csv": "what\n" });
  expect(await validate({ run_id: "r1" }, context)).toEqual({
    valid: 1,
    rejected: 1,
    for_job: true,
    manifest: objects.url("runs/demo/r1/valid.json"),
  });
  expect(await given()).toEqual({ ...manifest, files: manifest.files.slice(0, 1) });
  expect(await readJson(objects, "runs/demo/r1/validation.json")).toEqual({
    run_id: "r1",
    rejected: [
      {
        key: "raw/demo/b.csv",
        status: "rejected",
        profile: null,
        rows: 0,
        reason:
          "no name in its first line is known; a file begins with its header, such as that of orders: " +
          '"id", "total"',
      },
    ],
  });
});

test("each file is logged once, with its size and what it is", async () => {
  await planned({ "a.csv": "id,total\n4711,9.99\n", "b.csv": "4711,9.99\n" });
  await validate({ run_id: "r1" }, context);
  // several files are looked at at once: which is logged first is nobody's promise
  expect(logged.toSorted((a, b) => String(a.key).localeCompare(String(b.key)))).toEqual([
    {
      level: "INFO",
      message: "file validated",
      pipeline: "demo",
      run_id: "r1",
      key: "raw/demo/a.csv",
      size: 19,
      profile: "orders",
      verdict: "accepted",
    },
    expect.objectContaining({ level: "WARN", key: "raw/demo/b.csv", profile: null, verdict: "rejected" }),
  ]);
  expect(JSON.stringify(logged)).not.toContain("4711");
});

test("without a file that is left there is nothing for a job", async () => {
  await planned({ "a.csv": "what\n" });
  expect(await validate({ run_id: "r1" }, context)).toMatchObject({ valid: 0, rejected: 1, for_job: false });
});

test("work that is no file is the job's as it is", async () => {
  const manifest = await planned({}, { kind: "maintain" });
  expect(await validate({ run_id: "r1" }, context)).toMatchObject({ valid: 0, rejected: 0, for_job: true });
  expect(await given()).toEqual(manifest);
});

test("a later attempt goes by what the first has found, wherever the files lie by then", async () => {
  await planned({ "a.csv": "id,total\n1,2\n", "b.csv": "what\n" });
  await validate({ run_id: "r1" }, context);
  const later = await planned({ "a.csv": "what\n", "b.csv": "id,total\n" });
  await writeJson(objects, "runs/demo/r1/manifest.json", { ...later, attempt: 2 });
  expect(await validate({ run_id: "r1" }, context)).toMatchObject({ valid: 1, rejected: 1 });
  expect(await given()).toMatchObject({ attempt: 2, files: [{ key: "raw/demo/a.csv" }] });
  expect(logged).toHaveLength(2);
});
