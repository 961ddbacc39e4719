/**
 * A pipeline with all that one can have: functions that an object, the clock and requests start, a series that it
 * serves, and an hourly run that no object starts. It has no folder.
 */

import { decimal, string, timestamp } from "@penstock/contracts/column.ts";
import { dataset, merge } from "@penstock/contracts/dataset.ts";
import { objects, series, topic } from "@penstock/workflows/access.ts";
import { fileRun } from "@penstock/workflows/file-run.ts";
import { pipeline } from "@penstock/workflows/pipeline.ts";

const prefix = "raw/metering/";

const readings = dataset("meter_readings", {
  description: "What a meter says, every five minutes.",
  columns: { meter_id: string(), at: timestamp(), kwh: decimal(14, 4) },
  primaryKey: ["meter_id", "at"],
  write: merge(),
  freshness: { column: "at", within: "15 minutes" },
});

export const metering = pipeline({
  name: "metering",
  description: "Meters, as they are read.",
  datasets: [readings],
  trigger: { prefix, objects: false, sweep: "hourly", maintenance: "daily" },
  workflow: fileRun({ datasets: [readings], prefix, lookups: [], series: readings.name }),
  lookups: [],
  queries: { metrics: {}, checks: { one: "SELECT 1" }, named: {} },
  functions: [
    {
      app: "simulate",
      by: { kind: "schedule", everyMinutes: 5 },
      timeoutSeconds: 30,
      memoryMb: 256,
      reads: [],
      writes: [objects(prefix)],
    },
    {
      app: "process",
      by: { kind: "objects", prefix, suffix: ".json" },
      timeoutSeconds: 120,
      memoryMb: 1024,
      reads: [objects(prefix), series(readings.name)],
      writes: [series(readings.name), topic],
    },
  ],
  serves: {
    series: { dataset: readings.name, key: "meter_id", time: "at", sums: ["kwh"] },
    keys: { name: "meters", fields: { meter_id: "Its id." }, items: [{ meter_id: "m-1" }] },
    title: "What meters say",
  },
  // four meters, a file every five minutes
  volume: {
    deliveriesPerDay: 288,
    filesPerDelivery: 1,
    rowsPerFile: 4,
    bytesPerFile: 600,
    served: {},
    series: { rowsPerDay: 1_152, requestsPerDay: 500 },
  },
});
