/** The two lakes that a soak compares: one left in peace, and the one that was not. */

import { local, sharedNames } from "@penstock/lake/names.ts";
import { queryRows } from "@penstock/local/athena/run.ts";
import type { Pipeline } from "@penstock/workflows/pipeline.ts";
import type { Laptop } from "../support/laptop.ts";
import { type Ledger, lookupTables } from "./ledger.ts";

/** Sorted lines of JSON, by what they are of. */
export type Content = Readonly<Record<string, readonly string[]>>;

/**
 * All that may not depend on how files were grouped into runs. That leaves out which run brought a row, and which
 * file, when several brought the very same one: the first that came has it. Counts by run depend on the grouping too.
 */
export async function contentOf(laptop: Laptop, pipeline: Pipeline, { runs }: Ledger): Promise<Content> {
  const context = { lakeRoot: laptop.home.lake, database: sharedNames(local).database };
  const ended = runs.filter(({ status }) => status === "SUCCEEDED").map(({ run_id }) => `'${run_id}'`);
  const content: Record<string, string[]> = {};
  const put = (name: string, rows: readonly object[]): void => {
    content[name] = rows.map((row) => JSON.stringify(row)).sort();
  };
  for (const dataset of pipeline.datasets) {
    const columns = [...Object.keys(dataset.columns), "_row_hash"].map((name) => `"${name}"`).join(", ");
    put(dataset.name, await queryRows(`SELECT ${columns} FROM ${dataset.name}`, context));
    // a run that was given up leaves its rows there beside those of the run that took its files over
    const aside = `SELECT file, line, raw, reasons, profile, key FROM ${dataset.name}_quarantine`;
    put(
      `${dataset.name}_quarantine`,
      await queryRows(`${aside} WHERE run_id IN (${ended.join(", ")})`, context),
    );
  }
  for (const table of lookupTables(pipeline)) {
    put(
      table,
      (await laptop.scan(table)).map(({ publish: _, run_id: __, ...item }) =>
        Object.fromEntries(Object.entries(item).sort()),
      ),
    );
  }
  return content;
}

/** How many rows of each differ: those that only one of the two has. */
export function differences(expected: Content, found: Content): string[] {
  return Object.entries(expected).flatMap(([name, rows]) => {
    const mine = found[name] ?? [];
    const there = new Set(mine);
    const wanted = new Set(rows);
    const missing = rows.filter((row) => !there.has(row));
    const extra = mine.filter((row) => !wanted.has(row));
    if (missing.length + extra.length === 0 && rows.length === mine.length) return [];
    return [
      `${name}: ${rows.length} rows expected, ${mine.length} found; ${missing.length} missing, ${extra.length} extra`,
      ...missing.slice(0, 3).map((row) => `  missing ${row}`),
      ...extra.slice(0, 3).map((row) => `  extra ${row}`),
    ];
  });
}
