/** A file of readings that arrives: its rows into the series, at once. */

import { ObjectMissing } from "@penstock/lake/object-missing.ts";
import { atOnce } from "../at-once.ts";
import type { Incoming } from "./bring.ts";
import { conformRecord } from "./conform-record.ts";
import type { ProcessContext } from "./context.ts";
import { findingsPrefix, foundIn } from "./findings.ts";
import { type Found, NoRecords, recordsOf } from "./records.ts";
import { serveRows } from "./serve-rows.ts";
import { takeBack } from "./take-back.ts";
import { tell } from "./tell.ts";

export interface Arrival {
  /** `gone`: deleted before it was read. `refused`: no file of records, or too large; the next run says what it makes of it. */
  readonly outcome: "processed" | "gone" | "refused";
  readonly reason: string | null;
  readonly read: number;
  readonly set_aside: number;
  readonly written: number;
  readonly anomalies: number;
}

/** Larger files wait for the next run, which reads them bit by bit. */
const mostBytes = 32_000_000;
const keysAtOnce = 4;

const nothing = { reason: null, read: 0, set_aside: 0, written: 0, anomalies: 0 };

/**
 * Processes the file that is under a key now. Done again, or beside another of the same rows, it comes to the same.
 *
 * @throws what DynamoDB, S3 or SNS throw; the event is then delivered again
 */
export async function arrival(key: string, context: ProcessContext): Promise<Arrival> {
  const { facts, objects, emit } = context;
  const head = await objects.head(key);
  if (head === null) return { ...nothing, outcome: "gone", reason: "deleted before it was read" };
  if (head.size > mostBytes) {
    const reason = `${head.size} bytes; at arrival at most ${mostBytes} are taken, the next run takes the rest`;
    return { ...nothing, outcome: "refused", reason };
  }
  const received_at = head.modified.toISOString();
  let found: readonly Found[];
  try {
    const bytes = await objects.read(key);
    found = recordsOf(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    if (error instanceof ObjectMissing)
      return { ...nothing, outcome: "gone", reason: "deleted before it was read" };
    const reason =
      error instanceof NoRecords ? error.message : error instanceof TypeError ? "not UTF-8" : null;
    if (reason === null) throw error;
    await tell(key, { records: 0, reasons: {}, refused: reason }, context);
    return { ...nothing, outcome: "refused", reason };
  }
  const source = `${received_at} ${key}`;
  const against: Record<string, number> = {};
  let set_aside = 0;
  const byKey = new Map<string, Map<string, Incoming>>();
  for (const { record } of found) {
    const { row, reasons } = conformRecord(record, received_at, facts);
    if (row === null) {
      set_aside += 1;
      for (const reason of reasons) against[reason] = (against[reason] ?? 0) + 1;
      continue;
    }
    const incoming = incomingOf(row, source, context);
    const times = byKey.get(incoming.key) ?? new Map<string, Incoming>();
    byKey.set(incoming.key, times);
    // of two in one file the later stays
    times.set(incoming.time, incoming);
  }
  const written = await serveAll(key, byKey, context);
  const anomalies = await tell(key, { records: set_aside, reasons: against }, context);
  const accepted = [...byKey.values()].reduce((sum, times) => sum + times.size, 0);
  emit({ values: { rows_served: accepted, anomalies, set_aside }, unit: "Count", dimensions: {} });
  return { outcome: "processed", reason: null, read: found.length, set_aside, written, anomalies };
}

function incomingOf(
  row: Readonly<Record<string, string>>,
  source: string,
  { facts: { series } }: ProcessContext,
): Incoming {
  return {
    key: row[series.key] ?? "",
    time: row[series.time] ?? "",
    values: Object.fromEntries(series.sums.map((name) => [name, row[name] ?? "0"])),
    received_at: row.received_at ?? "",
    source,
  };
}

async function serveAll(
  of: string,
  byKey: ReadonlyMap<string, ReadonlyMap<string, Incoming>>,
  context: ProcessContext,
): Promise<number> {
  const findings = findingsPrefix(context.facts.prefix, of);
  const earlier = await foundIn(findings, context.facts.series, context.objects);
  const written = await atOnce(keysAtOnce, byKey, async ([key, times]) => {
    const ordered = [...times.values()].sort((a, b) => (a.time < b.time ? -1 : 1));
    return await serveRows(key, ordered, findings, context);
  });
  await takeBack(earlier, findings, context);
  return written.reduce((sum, count) => sum + count, 0);
}
