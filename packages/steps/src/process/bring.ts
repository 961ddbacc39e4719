/** Brings rows of one key into a series, and assesses them and the rows that they stand before. */

import { batchSize } from "@penstock/lake/dynamo.ts";
import type { SeriesRow, SeriesRows } from "@penstock/lake/series-rows.ts";
import type { ProcessedRow, Processing, Series } from "@penstock/workflows/series.ts";
import { atOnce, chunks } from "../at-once.ts";
import { LeaseLost } from "./exclusively.ts";

/** A row that arrives; without values it is one that is no longer in the table. */
export type Incoming = Omit<SeriesRow, "reasons" | "values"> & {
  readonly values: SeriesRow["values"] | null;
};

/** What was found of a row and was not so before. */
export interface Finding {
  readonly key: string;
  readonly time: string;
  /** None: it was an anomaly, and is none any more. */
  readonly reasons: readonly string[];
}

export interface BringContext {
  readonly series: Series;
  readonly processing: Pick<Processing, "recent" | "assess">;
  readonly rows: SeriesRows;
  /** Keeps what was found. Called before the rows are put, so that nothing found is lost with a process that dies. */
  readonly keep: (findings: readonly Finding[]) => Promise<void>;
  /** Whether a row of that source gives way to an older one, or to none: its run was undone. */
  readonly isUndone?: (source: string) => boolean;
}

export interface Brought {
  readonly written: number;
  /** The days of UTC whose figures may be others now; those of every row that arrived are among them. */
  readonly days: ReadonlySet<string>;
}

/** Rows of one key that are looked at together, and writes at once. */
const together = 2000;
const batchesAtOnce = 4;
const writesAtOnce = 32;
const dayMs = 86_400_000;

/**
 * Rows that are newer than those there take their place; whoever calls it holds the key's lease. What is written
 * follows from the rows alone, not from the order in which they came.
 *
 * @param incoming rows of one key, each time once, in order
 * @param hold is awaited before each write
 */
export async function bring(
  key: string,
  incoming: readonly Incoming[],
  context: BringContext,
  hold: () => Promise<void>,
): Promise<Brought> {
  let written = 0;
  const days = new Set(incoming.map(({ time }) => dayOf(time)));
  for (const chunk of stretches(incoming)) {
    await hold();
    const changes = await changesOf(key, chunk, context);
    await context.keep(changes.flatMap(findingOf));
    await write(changes, context.rows, hold);
    written += changes.length;
    for (const { time } of changes) days.add(dayOf(time));
  }
  return { written, days };
}

/** The day of UTC that a time is on. */
export const dayOf = (time: string): string => time.slice(0, 10);

interface Change {
  readonly key: string;
  readonly time: string;
  /** Null when it goes. */
  readonly row: SeriesRow | null;
  readonly seen: SeriesRow | null;
}

async function write(changes: readonly Change[], rows: SeriesRows, hold: () => Promise<void>): Promise<void> {
  const added = changes.flatMap(({ row, seen }) => (row !== null && seen === null ? [row] : []));
  await atOnce(batchesAtOnce, chunks(added, batchSize), async (batch) => {
    await hold();
    await rows.add(batch);
  });
  const known = changes.flatMap(({ row, seen }) => (seen === null ? [] : [{ row, seen }]));
  await atOnce(writesAtOnce, known, async ({ row, seen }) => {
    await hold();
    const isDone = row === null ? await rows.delete(seen) : await rows.put(row, seen);
    if (!isDone) throw new LeaseLost(`another process has written ${seen.key} at ${seen.time}`);
  });
}

/** What differs from the table once the rows have arrived and everything in reach of them was assessed anew. */
async function changesOf(
  key: string,
  incoming: readonly Incoming[],
  context: BringContext,
): Promise<Change[]> {
  const first = incoming[0]?.time ?? "";
  const last = incoming.at(-1)?.time ?? "";
  const { rows, processing } = context;
  const [before, within, after] = await Promise.all([
    rows.before(key, first, processing.recent),
    rows.between(key, first, last),
    rows.after(key, last, processing.recent),
  ]);
  const seen = new Map([...within, ...after].map((row) => [row.time, row]));
  const merged = new Map([...before, ...seen.values()].map((row) => [row.time, row]));
  const gone: Change[] = [];
  for (const row of incoming) {
    const there = merged.get(row.time);
    if (!takesPlace(row, there, context)) continue;
    if (row.values !== null)
      merged.set(row.time, { ...row, values: row.values, reasons: there?.reasons ?? [] });
    else if (merged.delete(row.time)) gone.push({ key, time: row.time, row: null, seen: there ?? null });
  }
  const ordered = [...merged.values()].sort((a, b) => (a.time < b.time ? -1 : 1));
  const processed = ordered.map((row) => processedRow(row, context.series));
  const changed = ordered.flatMap((row, at): Change[] => {
    if (row.time < first) return [];
    const own = processed[at];
    if (own === undefined) return [];
    const recent = processed.slice(Math.max(0, at - processing.recent), at);
    const assessed = { ...row, reasons: processing.assess(own, recent) };
    const was = seen.get(row.time) ?? null;
    return was !== null && same(assessed, was) ? [] : [{ key, time: row.time, row: assessed, seen: was }];
  });
  return [...gone, ...changed];
}

function takesPlace(row: Incoming, there: SeriesRow | undefined, { isUndone }: BringContext): boolean {
  if (there === undefined) return row.values !== null;
  if (isUndone !== undefined) return isUndone(there.source);
  return row.source >= there.source;
}

function processedRow(row: SeriesRow, { key, time }: Series): ProcessedRow {
  return { ...row.values, [key]: row.key, [time]: row.time, received_at: row.received_at };
}

function findingOf({ key, time, row, seen }: Change): Finding[] {
  const reasons = row?.reasons ?? [];
  const before = seen?.reasons ?? [];
  return reasons.join() === before.join() ? [] : [{ key, time, reasons }];
}

function same(a: SeriesRow, b: SeriesRow): boolean {
  return (
    a.source === b.source &&
    a.received_at === b.received_at &&
    a.reasons.join() === b.reasons.join() &&
    Object.entries(a.values).every(([name, value]) => b.values[name] === value)
  );
}

/** Not too many at once, and none with a gap of more than a day: all that lies between is read. */
function* stretches(incoming: readonly Incoming[]): Iterable<readonly Incoming[]> {
  let chunk: Incoming[] = [];
  for (const row of incoming) {
    const previous = chunk.at(-1);
    const isFar = previous !== undefined && Date.parse(row.time) - Date.parse(previous.time) > dayMs;
    if (chunk.length >= together || isFar) {
      yield chunk;
      chunk = [];
    }
    chunk.push(row);
  }
  if (chunk.length > 0) yield chunk;
}
