/** Everything that a home holds of a pipeline, by content: what must not depend on who was killed, or when. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { tableNames } from "@penstock/contracts/tables.ts";
import { local, pipelineNames, sharedNames } from "@penstock/lake/names.ts";
import { queryRows } from "@penstock/local/athena/run.ts";
import { tableNames as tablesOf } from "@penstock/local/athena/tables.ts";
import type { Home } from "@penstock/local/home.ts";
import { recordPaths } from "@penstock/local/records.ts";
import type { Pipeline } from "@penstock/workflows/pipeline.ts";
import type { Laptop } from "./laptop.ts";

type Row = Readonly<Record<string, unknown>>;

/** Times, and what tells one attempt at a run from another: all that may differ. */
const incidental: ReadonlySet<string> = new Set([
  ...["revision", "attempt", "failures", "expires_at", "again"],
  ...["started_at", "finished_at", "first_seen", "snapshot_id"],
]);

/** Tables with their lineage, cleaned rows, quarantine, by name; runs are told by their number. */
export async function tables({ home }: Laptop, pipeline: Pipeline): Promise<Record<string, Row[]>> {
  const context = { lakeRoot: home.lake, database: sharedNames(local).database };
  const wanted = pipeline.datasets.flatMap((dataset) => {
    const { curated, quarantine } = tableNames(dataset);
    return [curated, quarantine, `${dataset.name}_cleaned`];
  });
  const there = tablesOf(context).filter((name) => wanted.includes(name));
  const numbered = runNumbers(home, pipeline);
  const all: Record<string, Row[]> = {};
  for (const name of there) {
    all[name] = sorted(
      (await queryRows(`SELECT * FROM ${name}`, context)).map((row) => plain(row, numbered)),
    );
  }
  return all;
}

/** The ledger and the lookups. */
export async function items(laptop: Laptop, pipeline: Pipeline): Promise<Record<string, Row[]>> {
  const numbered = runNumbers(laptop.home, pipeline);
  const lookups = pipeline.lookups.map(({ key }) => pipelineNames(local, pipeline.name).lookup(key));
  const all: Record<string, Row[]> = {};
  for (const table of [sharedNames(local).ledger, ...lookups]) {
    all[table] = sorted((await laptop.scan(table)).map((item) => plain(item, numbered)));
  }
  return all;
}

/** What was told of each run, in the order of time: `run 1: SUCCEEDED, 9 rows in`. */
export function notices({ home }: Laptop, pipeline: Pipeline): string[] {
  const numbered = runNumbers(home, pipeline);
  return recordPaths(home.inbox).map((path) => {
    const { Subject: subject, MessageAttributes: attributes } = JSON.parse(readFileSync(path, "utf8"));
    return numbered(`${attributes.run_id.Value}: ${attributes.status.Value}, ${subject}`);
  });
}

/** Replaces each run's id by its number: they are made of the time, so their order is that of the runs. */
function runNumbers(home: Home, pipeline: Pipeline): (text: string) => string {
  const folder = join(home.lake, "runs", pipeline.name);
  const ids = readdirSync(folder).sort();
  return (text) =>
    text.replace(/\d{8}T\d{6}Z[-_][0-9a-f]{6}/g, (id) => `run ${ids.indexOf(id.replace("_", "-")) + 1}`);
}

function plain(row: Row, numbered: (text: string) => string): Row {
  return JSON.parse(numbered(JSON.stringify(row)), (field, value) => {
    if (incidental.has(field)) return undefined;
    return field === "execution" && value !== null ? "some execution" : value;
  });
}

function sorted(rows: readonly Row[]): Row[] {
  const keyed = rows.map((row) => [JSON.stringify(row), row] as const);
  return keyed.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, row]) => row);
}
