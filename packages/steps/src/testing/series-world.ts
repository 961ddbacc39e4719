/** A world for process: a real DynamoDB, files in a folder of their own, and a topic that remembers. */

import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { decimal, string, timestamp } from "@penstock/contracts/column.ts";
import { dataset, merge } from "@penstock/contracts/dataset.ts";
import { fileObjects } from "@penstock/lake/file-objects.ts";
import { openLedger } from "@penstock/lake/ledger.ts";
import type { Sample } from "@penstock/lake/metrics.ts";
import { openSeriesFigures } from "@penstock/lake/series-figures.ts";
import { openSeriesLease } from "@penstock/lake/series-lease.ts";
import { openSeriesRows } from "@penstock/lake/series-rows.ts";
import { figuresTable, ledgerTable, seriesTable } from "@penstock/lake/tables.ts";
import type { TestDynamo } from "@penstock/lake/testing/dynamo.ts";
import type { Message } from "@penstock/lake/topic.ts";
import type { Processing, Series } from "@penstock/workflows/series.ts";
import Big from "big.js";
import type { ProcessContext } from "../process/context.ts";

export const readings = dataset("readings", {
  description: "Readings.",
  columns: {
    site_id: string(),
    timestamp: timestamp(),
    made: decimal(14, 4),
    used: decimal(14, 4),
    net: decimal(14, 4),
  },
  primaryKey: ["site_id", "timestamp"],
  write: merge(),
});

export const series: Series = {
  dataset: "readings",
  key: "site_id",
  time: "timestamp",
  sums: ["made", "used", "net"],
};

/** A reading is an anomaly when it is negative, or when it is the same as the three before it. */
export const processing: Processing = {
  given: ["site_id", "timestamp", "made", "used"],
  derive: (row) => ({ ...row, net: new Big(row.made ?? 0).minus(row.used ?? 0).toFixed() }),
  objections: ({ site_id = "" }) => (/^site-/.test(site_id) ? [] : ["site is known"]),
  recent: 3,
  assess: ({ made = "0" }, recent) => [
    ...(Number(made) < 0 ? ["negative"] : []),
    ...(recent.length === 3 && recent.every((row) => row.made === made) ? ["stuck"] : []),
  ],
};

export type SeriesWorld = Awaited<ReturnType<typeof newSeriesWorld>>;

let worlds = 0;

export async function newSeriesWorld(dynamo: TestDynamo) {
  worlds += 1;
  const names = {
    rows: `rows-${worlds}`,
    figures: `figures-${worlds}`,
    ledger: `ledger-of-series-${worlds}`,
  };
  await dynamo.create(seriesTable(names.rows, series));
  await dynamo.create(figuresTable(names.figures, series.key));
  await dynamo.create(ledgerTable(names.ledger));
  const folder = await mkdtemp(join(tmpdir(), "penstock-series-"));
  const told: Message[] = [];
  const samples: Sample[] = [];
  const topic = { failing: false };
  /** Whether sleeping takes no time: a dead process's lease then runs out sooner than a test. */
  const clock = { leaps: false };
  let slept = 0;
  const context: ProcessContext = {
    facts: {
      pipeline: "demo",
      environment: "local",
      prefix: "raw/demo/",
      dataset: readings,
      series,
      processing,
    },
    objects: fileObjects(folder),
    ledger: openLedger({ client: dynamo.client, table: names.ledger, pipeline: "demo" }),
    queries: {
      run: () => Promise.reject(new Error("no Athena here")),
      paged: () => Promise.reject(new Error("no Athena here")),
    },
    rows: openSeriesRows({ ...series, client: dynamo.client, table: names.rows }),
    figures: openSeriesFigures({ ...series, client: dynamo.client, table: names.figures }),
    topic: {
      publish: async (message) => {
        if (topic.failing) throw new Error("SNS is down");
        told.push(message);
      },
    },
    emit: (sample) => samples.push(sample),
    log: () => {},
    lease: openSeriesLease({ key: series.key, client: dynamo.client, table: names.figures }),
    newOwner: randomUUID,
    now: () => new Date(Date.now() + slept),
    sleep: async (milliseconds) => {
      if (clock.leaps) slept += milliseconds;
      else await setTimeout(milliseconds);
    },
  };
  return {
    context,
    names,
    told,
    samples,
    topic,
    clock,
    drop: (key: string, content: string) => context.objects.write(key, content),
    /** Every row that is served: `site-a 00:05 1.5 stuck`. */
    rows: async () =>
      (await dynamo.dump(names.rows))
        .map(
          (row) =>
            `${row.site_id} ${String(row.timestamp).slice(5, 16)} ${row.net} ${(row.anomaly_reasons as string[]).join()}`,
        )
        .sort()
        .map((line) => line.trim()),
    /** Every figure: `site-a all 3 records 1 anomalies 4.5 net`. */
    figures: async () =>
      (await dynamo.dump(names.figures))
        .filter(({ period }) => period !== "lease")
        .map(
          (row) =>
            `${row.site_id} ${row.period} ${row.records} records ${row.anomalies} anomalies ${row.net} net`,
        )
        .sort(),
    leave: () => rm(folder, { recursive: true, force: true }),
  };
}
