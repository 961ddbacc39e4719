/**
 * Queries on small tables, driven by the pipelines' folders `queries/golden`: what each named query and each check
 * answers, worked out by hand. A case says nothing of the named queries that it is not about; of a check that it
 * does not mention, it says that it holds. What a check reads from a metric's query, a case may give it itself.
 */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, jest, test } from "@jest/globals";
import { double, varchar } from "@penstock/local/athena/type.ts";
import { pipelines } from "@penstock/pipelines/registry.ts";
import { toolchain } from "@penstock/toolchain/paths.ts";
import type { Pipeline } from "@penstock/workflows/pipeline.ts";
import { athenaOver, columnsOf, type Table } from "../support/athena-rows.ts";
import { csvOf, fieldsOf } from "../support/csv.ts";

jest.setTimeout(60_000);

const folderOf = (pipeline: Pipeline) =>
  join(toolchain.repository, "packages/pipelines", pipeline.name, "queries/golden");

test.each(pipelines)("$name: every query runs on empty tables, and no check complains", async (pipeline) => {
  const run = await athenaOver(tablesOf(pipeline));
  for (const [name, { sql, description }] of Object.entries(pipeline.queries.named)) {
    expect(description).not.toBe("");
    expect({ name, rows: Array.isArray(await run(sql)) }).toEqual({ name, rows: true });
  }
  for (const [name, sql] of Object.entries(pipeline.queries.checks)) {
    const empty = sql.replaceAll("${run_id}", "r1").replaceAll(/\$\{[^}]+\}/g, "0");
    expect({ name, rows: await run(empty) }).toEqual({ name, rows: [] });
  }
});

for (const pipeline of pipelines.filter((each) => existsSync(folderOf(each)))) {
  describe(pipeline.name, () => {
    const folder = folderOf(pipeline);
    const cases = readdirSync(folder).filter((name) => existsSync(join(folder, name, "tables")));
    const expected = (name: string, query: string) => join(folder, name, "expected", `${query}.csv`);

    test.each(cases)("%s", async (name) => {
      const answers = metricsOf(join(folder, name, "metrics"));
      const run = await athenaOver({ ...tablesOf(pipeline, join(folder, name, "tables")), ...answers });
      for (const [query, { sql }] of Object.entries(pipeline.queries.named)) {
        const path = expected(name, query);
        if (!existsSync(path)) continue;
        expect({ query, rows: csvOf(await run(sql)) }).toEqual({ query, rows: readFileSync(path, "utf8") });
      }
      const ledger = JSON.parse(readFileSync(join(folder, name, "ledger.json"), "utf8"));
      for (const [check, sql] of Object.entries(checksOf(pipeline, Object.keys(answers)))) {
        const filled = sql.replaceAll(/\$\{([^}]+)\}/g, (_, key: string) => String(ledger[key]));
        const path = expected(name, check);
        const offences = existsSync(path) ? readFileSync(path, "utf8") : csvOf([]);
        expect({ check, offences: inOrder(csvOf(await run(filled))) }).toEqual({ check, offences });
      }
    });

    test("every named query and every check has a case", () => {
      const { named, checks } = pipeline.queries;
      const without = [...Object.keys(named), ...Object.keys(checks)].filter(
        (query) => !cases.some((name) => existsSync(expected(name, query))),
      );
      expect(without).toEqual([]);
    });
  });
}

/** What metrics are to have answered, as tables of their names: numbers but for their first two columns. */
function metricsOf(folder: string): Record<string, Table> {
  const files = existsSync(folder) ? readdirSync(folder) : [];
  return Object.fromEntries(
    files.map((file) => {
      const [header = [], ...rows] = fieldsOf(readFileSync(join(folder, file), "utf8"));
      const columns = Object.fromEntries(header.map((column, at) => [column, at < 2 ? varchar : double]));
      return [file.replace(/\.csv$/, ""), { columns, rows }];
    }),
  );
}

/** The pipeline's checks, reading a table where they hold the text of one of these metrics' queries. */
function checksOf({ queries }: Pipeline, metrics: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    Object.entries(queries.checks).map(([check, sql]) => [
      check,
      metrics.reduce((text, metric) => {
        const query = queries.metrics[metric];
        if (query === undefined) throw new Error(`no metric ${metric}`);
        return text.replace(query, () => `SELECT * FROM ${metric}`);
      }, sql),
    ]),
  );
}

/** Offences come in any order. */
function inOrder(csv: string): string {
  const [header = "", ...lines] = csv.trimEnd().split("\n");
  return `${[header, ...lines.sort()].join("\n")}\n`;
}

/** Tables from CSV files by dataset; a dataset without one is empty, a column that the file lacks is NULL. */
function tablesOf(pipeline: Pipeline, folder?: string): Record<string, Table> {
  return Object.fromEntries(
    pipeline.datasets.map((dataset) => {
      const columns = columnsOf(dataset);
      const path = join(folder ?? "", `${dataset.name}.csv`);
      const [header = [], ...rows] =
        folder === undefined || !existsSync(path) ? [] : fieldsOf(readFileSync(path, "utf8"));
      const cells = (row: readonly string[]) =>
        Object.keys(columns).map((column) => row[header.indexOf(column)] || null);
      return [dataset.name, { columns, rows: rows.map(cells) }];
    }),
  );
}
