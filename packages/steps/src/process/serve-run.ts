/** A run's rows into the series: history, what no event told of, what was put through again; and out of it what a rollback undid. */

import { tableNames } from "@penstock/contracts/tables.ts";
import { readJson } from "@penstock/lake/objects.ts";
import type { ResultColumn, ResultRows } from "@penstock/lake/queries.ts";
import type { Manifest } from "@penstock/lake/report.ts";
import { manifestKey } from "@penstock/lake/zones.ts";
import { registerKey } from "../plan-run/register.ts";
import type { Incoming } from "./bring.ts";
import { decimalOf } from "./conform-record.ts";
import type { ProcessContext } from "./context.ts";
import { findingsPrefix, foundIn } from "./findings.ts";
import { serveRows } from "./serve-rows.ts";
import { takeBack } from "./take-back.ts";
import { tell } from "./tell.ts";

export interface ServedRun {
  readonly written: number;
  readonly anomalies: number;
}

/** Rows of one key that are brought together, so that memory is bounded. */
const together = 4000;

/**
 * Brings the series to what the table holds of a run's rows. Done again, it comes to the same.
 *
 * @throws QueryFailed, and what DynamoDB, S3 or SNS throw
 */
export async function serveRun(run_id: string, context: ProcessContext): Promise<ServedRun> {
  const { facts, objects, queries, ledger } = context;
  const manifest = (await readJson(objects, manifestKey(facts.pipeline, run_id))) as Manifest;
  const undone = new Set<string>();
  for (const id of manifest.undone)
    for (const { key } of (await ledger.run(id))?.files ?? []) undone.add(key);
  const { columns, pages } = await queries.paged(
    manifest.undone.length === 0 ? ofRun(run_id, facts) : ofUndone(manifest.undone, facts),
  );
  const findings = findingsPrefix(facts.prefix, run_id);
  const isUndone = (source: string): boolean => undone.has(source.slice(source.indexOf(" ") + 1));
  let written = 0;
  for await (const [key, incoming] of byKey(pages, columns, context)) {
    written += await serveRows(key, incoming, findings, context, undone.size === 0 ? {} : { isUndone });
  }
  for (const of of [run_id, ...manifest.files.map(({ key }) => key)]) {
    const folder = findingsPrefix(facts.prefix, of);
    // a run's rows may be those of a file whose event was lost after something was found
    await takeBack(await foundIn(folder, facts.series, objects), folder, context);
    await registerFindings(folder, context);
  }
  const anomalies = await tell(run_id, { records: 0, reasons: {} }, context);
  return { written, anomalies };
}

const quote = (name: string): string => `"${name}"`;
const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;

/** The rows that the run put into the table. */
function ofRun(run_id: string, { dataset, series }: ProcessContext["facts"]): string {
  const { key, time, sums } = series;
  return `SELECT ${[key, time, ...sums, "_source_file", "_modified"].map(quote).join(", ")}
FROM ${tableNames(dataset).curated}
WHERE "_run_id" = ${text(run_id)}
ORDER BY ${quote(key)}, ${quote(time)}`;
}

/** What the table holds, if anything, for each row that the runs had accepted. */
function ofUndone(runs: readonly string[], { dataset, series }: ProcessContext["facts"]): string {
  const { key, time, sums } = series;
  const { curated, cleaned } = tableNames(dataset);
  const id = [key, time].map(quote);
  return `SELECT ${[...id.map((name) => `u.${name}`), ...[...sums, "_source_file", "_modified"].map((name) => `t.${quote(name)}`)].join(", ")}
FROM (SELECT DISTINCT ${id.join(", ")} FROM ${cleaned} WHERE run IN (${runs.map(text).join(", ")})) u
LEFT JOIN ${curated} t ON ${id.map((name) => `t.${name} = u.${name}`).join(" AND ")}
ORDER BY ${id.map((name) => `u.${name}`).join(", ")}`;
}

/** The rows as they come, those of one key together, not too many at once. */
async function* byKey(
  pages: AsyncIterable<ResultRows>,
  columns: readonly ResultColumn[],
  { facts: { series, dataset } }: ProcessContext,
): AsyncIterable<readonly [string, readonly Incoming[]]> {
  let chunk: Incoming[] = [];
  for await (const rows of pages) {
    for (const row of rows) {
      const at = Object.fromEntries(columns.map(({ name }, index) => [name, row[index] ?? null]));
      const incoming = incomingOf(at, series, dataset);
      const previous = chunk.at(-1);
      if (previous !== undefined && (previous.key !== incoming.key || chunk.length >= together)) {
        yield [previous.key, chunk];
        chunk = [];
      }
      chunk.push(incoming);
    }
  }
  const last = chunk.at(-1);
  if (last !== undefined) yield [last.key, chunk];
}

function incomingOf(
  row: Readonly<Record<string, string | null>>,
  { key, time, sums }: ProcessContext["facts"]["series"],
  { columns }: ProcessContext["facts"]["dataset"],
): Incoming {
  const modified = row._modified ?? null;
  const received_at = modified === null ? "" : milliseconds(modified);
  const exactOf = (name: string): [string, string] => {
    const column = columns[name];
    if (column?.kind !== "decimal") throw new Error(`${name} is no decimal column`);
    return [name, decimalOf(row[name] ?? "", column) ?? "0"];
  };
  return {
    key: row[key] ?? "",
    time: `${milliseconds(row[time] ?? "").slice(0, 19)}Z`,
    values: modified === null ? null : Object.fromEntries(sums.map(exactOf)),
    received_at,
    source: `${received_at} ${row._source_file ?? ""}`,
  };
}

/** Athena's `2026-11-28 21:05:00.123456 UTC` as `2026-11-28T21:05:00.123Z`. */
function milliseconds(timestamp: string): string {
  const [, date = "", time = "", fraction = ""] = /^(\S+) ([\d:]+)(?:\.(\d+))?/.exec(timestamp) ?? [];
  return `${date}T${time}.${fraction.slice(0, 3).padEnd(3, "0")}Z`;
}

/** What was found waits for the run that comes next, which is this execution's own. */
async function registerFindings(folder: string, context: ProcessContext): Promise<void> {
  for await (const { key } of context.objects.list(folder)) await registerKey(key, {}, context);
}
