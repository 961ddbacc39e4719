/**
 * Every pipeline that serves a series from a simulated source: what it serves row by row is what its table holds,
 * after a run, a rollback, and the files once more.
 */

import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { local, pipelineNames } from "@penstock/lake/names.ts";
import { openSeriesFigures } from "@penstock/lake/series-figures.ts";
import { openSeriesRows } from "@penstock/lake/series-rows.ts";
import { pipelines } from "@penstock/pipelines/registry.ts";
import type { Pipeline } from "@penstock/workflows/pipeline.ts";
import type { Series } from "@penstock/workflows/series.ts";
import { openPenstock, type Penstock } from "../support/penstock.ts";

jest.setTimeout(300_000);

const serving = pipelines.flatMap((pipeline) =>
  pipeline.serves !== undefined && (pipeline.functions ?? []).some(({ app }) => app === "simulate")
    ? [{ name: pipeline.name, pipeline, series: pipeline.serves.series }]
    : [],
);

if (serving.length === 0) test("no pipeline serves a series from a simulated source", () => {});
else describe.each(serving)("$name", ({ pipeline, series }) => story(pipeline, series));

function story(pipeline: Pipeline, series: Series): void {
  const table = series.dataset;
  let penstock: Penstock;
  let client: DynamoDBClient;
  beforeAll(async () => {
    penstock = openPenstock();
    const endpoint = (await penstock.run("status", "--json")).json.daemon;
    const credentials = { accessKeyId: "local", secretAccessKey: "local" };
    client = new DynamoDBClient({ endpoint, region: local.region, credentials });
  });
  afterAll(async () => {
    client.destroy();
    await penstock.end();
  });

  const query = async (sql: string): Promise<Record<string, string>[]> =>
    (await penstock.run("sql", sql, "--format", "json")).json;
  const keys = (pipeline.serves?.keys.items ?? []).map((item) => String(item[series.key]));
  const names = pipelineNames(local, pipeline.name);

  /** `key time value value …` of each row that is served. */
  const served = async (): Promise<string[]> => {
    const rows = openSeriesRows({ ...series, client, table: names.series(table) });
    const all = await Promise.all(keys.map((key) => rows.between(key, "0000", "9999")));
    return all
      .flat()
      .map(({ key, time, values }) =>
        [key, time, ...series.sums.map((sum) => Number(values[sum]))].join(" "),
      );
  };
  /** The same of each row in the table. */
  const inTable = async (): Promise<string[]> => {
    const columns = [
      `"${series.key}" AS key`,
      `date_format("${series.time}", '%Y-%m-%dT%H:%i:%sZ') AS at`,
      ...series.sums.map((sum) => `CAST("${sum}" AS double) AS "${sum}"`),
    ];
    const rows = await query(`SELECT ${columns.join(", ")} FROM ${table} ORDER BY 1, 2`);
    return rows.map((row) => [row.key, row.at, ...series.sums.map((sum) => Number(row[sum]))].join(" "));
  };
  /** What is served of all time, by key: rows, and the first sum. */
  const totals = async (): Promise<string[]> => {
    const figures = openSeriesFigures({ ...series, client, table: names.figures(table) });
    const all = await Promise.all(keys.map((key) => figures.get(key, "all")));
    return all.flatMap((each) =>
      each === null ? [] : [`${each.key} ${each.records} ${Number(each.sums[series.sums[0] ?? ""])}`],
    );
  };
  const inTableTotals = async (): Promise<string[]> => {
    const [sum = ""] = series.sums;
    const rows = await query(
      `SELECT "${series.key}" AS key, count(*) AS n, CAST(sum("${sum}") AS double) AS total FROM ${table} GROUP BY 1 ORDER BY 1`,
    );
    return rows.map(({ key, n, total }) => `${key} ${n} ${Number(total)}`);
  };

  let first: string;

  test("what a run has published is served, row for row, and its figures with it", async () => {
    const past = ["--from", "2026-11-01", "--to", "2026-11-01"];
    expect(await penstock.run("simulate", pipeline.name, ...past)).toMatchObject({ exitCode: 0 });
    const { json } = await penstock.run("run", pipeline.name, "--json");
    expect(json).toMatchObject({ status: "SUCCEEDED" });
    first = json.runs[0];
    const rows = await served();
    expect(rows.length).toBeGreaterThan(1000);
    expect(rows).toEqual(await inTable());
    expect((await totals()).sort()).toEqual(await inTableTotals());
  });

  test("another day, and a rollback: only the first day is served", async () => {
    const before = { rows: await served(), totals: await totals() };
    await penstock.run("simulate", pipeline.name, "--from", "2026-11-02", "--to", "2026-11-02");
    expect((await penstock.run("run", pipeline.name, "--json")).json).toMatchObject({ status: "SUCCEEDED" });
    expect((await served()).length).toBeGreaterThan(before.rows.length);
    expect(await served()).toEqual(await inTable());
    const back = (await penstock.run("rollback", table, "--to", first, "--json")).json;
    expect(back).toMatchObject({ status: "SUCCEEDED" });
    expect(await served()).toEqual(before.rows);
    expect((await totals()).filter((line) => !/ 0 0$/.test(line))).toEqual(before.totals);
  });

  test("the files once more: both days are served", async () => {
    const again = (await penstock.run("run", pipeline.name, "--again", "--json")).json;
    expect(again).toMatchObject({ status: "SUCCEEDED" });
    const rows = await served();
    expect(rows.filter((row) => row.includes("2026-11-02T")).length).toBeGreaterThan(1000);
    expect(rows).toEqual(await inTable());
    expect((await totals()).sort()).toEqual(await inTableTotals());
  });
}
