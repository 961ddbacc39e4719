/**
 * Real files of every pipeline whose folder has a `real-files.json`: what they come to was worked out apart from the
 * job. The same files again change nothing, and in another order, over several runs, they make the same tables.
 */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, jest, test } from "@jest/globals";
import { pipelines } from "@penstock/pipelines/registry.ts";
import { toolchain } from "@penstock/toolchain/paths.ts";
import { openPenstock, type Penstock } from "../support/penstock.ts";

jest.setTimeout(400_000);

interface RealFiles {
  /** Below the folder that `PENSTOCK_DATA` names, in the order of time. They may go through one run or two. */
  readonly files: readonly string[];
  /** Columns that no two runs have alike, such as when something was found: `table.column`. */
  readonly differs?: readonly string[];
  readonly datasets: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly reasons: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Athena SQL, and the rows that it returns. */
  readonly queries: Readonly<Record<string, readonly unknown[]>>;
}

const data = process.env.PENSTOCK_DATA ?? "";
const folderOf = (pipeline: string) => join(toolchain.repository, "packages/pipelines", pipeline);
const withFiles = readdirSync(join(toolchain.repository, "packages/pipelines")).filter((name) =>
  existsSync(join(folderOf(name), "real-files.json")),
);

test.each(withFiles)("%s: the files are here, or are said to be missing", (name) => {
  const { files } = realFiles(name);
  if (!files.every((file) => existsSync(join(data, file))))
    console.warn(`PENSTOCK_DATA names no folder with ${files[0]}: the real files of ${name} are skipped`);
});

// a suite may have no pipeline that has any
if (withFiles.length === 0) test("no pipeline has real files", () => expect(withFiles).toEqual([]));

// all pipelines live in one home, as they do with people; in the other they load their files from the last one on
const forwards = openPenstock();
const backwards = openPenstock();
afterAll(async () => {
  await forwards.end();
  await backwards.end();
});

describe.each(withFiles)("%s", (name) => {
  const { files, differs = [], datasets, reasons, queries } = realFiles(name);
  const here = files.every((file) => existsSync(join(data, file)));
  const pipeline = pipelines.find((one) => one.name === name);
  if (pipeline === undefined) throw new Error(`no pipeline ${name}`);
  const load = async (penstock: Penstock, some: readonly string[]) => {
    const inputs = some.flatMap((file) => ["--input", join(data, file)]);
    return (await penstock.run("run", name, ...inputs, "--json")).json;
  };
  /** Every column of the contract; which run and file brought an equal row first may differ. */
  const contents = async (penstock: Penstock) => {
    const all: Record<string, unknown> = {};
    for (const { name: table, columns, primaryKey } of pipeline.datasets) {
      const chosen = Object.keys(columns).filter(
        (column) => columns[column]?.pii === undefined && !differs.includes(`${table}.${column}`),
      );
      const quoted = (some: readonly string[]) => some.map((column) => `"${column}"`).join(", ");
      const sql = `SELECT ${quoted(chosen)} FROM ${table} ORDER BY ${quoted(primaryKey)}`;
      all[table] = (await penstock.run("sql", sql, "--format", "json")).json;
    }
    return all;
  };

  (here ? test : test.skip)("come to what was worked out", async () => {
    const found = await load(forwards, files);
    expect(found.status).toBe("SUCCEEDED");
    for (const [dataset, counts] of Object.entries(datasets))
      expect({ [dataset]: found.datasets[dataset] }).toMatchObject({ [dataset]: counts });
    expect(found.reasons).toEqual(reasons);
    for (const [sql, rows] of Object.entries(queries))
      expect((await forwards.run("sql", sql, "--format", "json")).json).toEqual(rows);
  });

  (here ? test : test.skip)("change nothing when they come again", async () => {
    const again = await load(forwards, files);
    expect(again).toMatchObject({ status: "SUCCEEDED", run_id: null });
  });

  (here ? test : test.skip)("make the same tables from the last to the first", async () => {
    const half = Math.ceil(files.length / 2);
    for (const some of [files.slice(half), files.slice(0, half)])
      expect((await load(backwards, some.toReversed())).status).toBe("SUCCEEDED");
    expect(await contents(backwards)).toEqual(await contents(forwards));
  });
});

function realFiles(name: string): RealFiles {
  return JSON.parse(readFileSync(join(folderOf(name), "real-files.json"), "utf8")) as RealFiles;
}
