/** A pipeline of the tests' own that serves a series. */

import { decimal, string, timestamp } from "@penstock/contracts/column.ts";
import { dataset, merge, month } from "@penstock/contracts/dataset.ts";
import { fileRun } from "../file-run.ts";
import { pipeline } from "../pipeline.ts";

const prefix = "raw/parks/";

const parkReading = dataset("park_readings", {
  description: "What a park generated and consumed in an interval.",
  columns: {
    site_id: string().describe("The park."),
    timestamp: timestamp().describe("The end of the interval."),
    energy_generated_kwh: decimal(14, 4),
    energy_consumed_kwh: decimal(14, 4),
    net_energy_kwh: decimal(14, 4).describe("Generated less consumed."),
    note: string().optional(),
  },
  primaryKey: ["site_id", "timestamp"],
  write: merge(),
  partitionBy: [month("timestamp")],
});

export const servedPipeline = pipeline({
  name: "parks",
  description: "Readings of parks.",
  datasets: [parkReading],
  trigger: { prefix, objects: false, sweep: "hourly", maintenance: "daily" },
  workflow: fileRun({ datasets: [parkReading], prefix, lookups: [], series: "park_readings" }),
  lookups: [],
  queries: { metrics: {}, checks: {}, named: {} },
  serves: {
    title: "Parks",
    series: {
      dataset: "park_readings",
      key: "site_id",
      time: "timestamp",
      sums: ["energy_generated_kwh", "energy_consumed_kwh", "net_energy_kwh"],
    },
    keys: {
      name: "sites",
      fields: { site_id: "The site's id.", name: "What people call it.", capacity_kw: "Its capacity in kW." },
      items: [
        { site_id: "site-alpha", name: "Alpha", capacity_kw: 5000, secret: "not told" },
        { site_id: "site-beta", name: "Beta", capacity_kw: 120.5, secret: "not told" },
        { site_id: "site-gamma", name: "Gamma", capacity_kw: 10, secret: "not told" },
      ],
    },
  },
  volume: {
    deliveriesPerDay: 1,
    filesPerDelivery: 1,
    rowsPerFile: 10,
    bytesPerFile: 100,
    served: {},
    series: { rowsPerDay: 10, requestsPerDay: 10 },
  },
});
