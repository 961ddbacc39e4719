import { objects, runs, series, topic } from "@penstock/workflows/access.ts";
import { pipeline } from "@penstock/workflows/pipeline.ts";
import { energyReading } from "./contract.ts";
import { profiles } from "./generated/profiles.ts";
import { queries } from "./generated/queries.ts";
import { simulatedSites, sites } from "./sites.ts";
import { withSites } from "./sites-sql.ts";
import { datasets, prefix, workflow } from "./workflow.ts";

// biome-ignore lint/performance/noBarrelFile: the bundles find what a folder's functions need at its front door
export { processing } from "./processing.ts";
export { simulation } from "./simulation.ts";

export default pipeline({
  name: "energy",
  description: "Energy that sites generate and consume every five minutes, and what is odd about it.",
  datasets,
  // readings are served as they arrive; the tables take them in once an hour
  trigger: { prefix, objects: false, sweep: "hourly", maintenance: "weekly" },
  workflow,
  functions: [
    {
      app: "simulate",
      by: { kind: "schedule", everyMinutes: 5 },
      timeoutSeconds: 60,
      memoryMb: 256,
      reads: [],
      writes: [objects(prefix)],
    },
    {
      app: "process",
      by: { kind: "objects", prefix, suffix: ".json" },
      timeoutSeconds: 120,
      memoryMb: 512,
      reads: [objects(prefix), runs, series(energyReading.name)],
      writes: [objects(prefix), runs, topic, series(energyReading.name)],
    },
  ],
  serves: {
    title: "Energy",
    series: {
      dataset: energyReading.name,
      key: "site_id",
      time: "timestamp",
      sums: ["energy_generated_kwh", "energy_consumed_kwh", "net_energy_kwh"],
    },
    keys: {
      name: "sites",
      fields: {
        site_id: "The site's id.",
        name: "What people call it.",
        kind: "What it is: pv, wind, battery or building.",
        capacity_kw: "What it can generate, in kW; a battery: discharge.",
        latitude: "Degrees, north positive.",
        longitude: "Degrees, east positive.",
        time_zone: "IANA name.",
        interval_minutes: "Minutes between two readings.",
      },
      items: sites.map((site) => ({ ...site })),
    },
  },
  lookups: [],
  profiles,
  queries: withSites(queries, sites),
  // a file of all simulated sites every five minutes, which an hourly run takes in
  volume: {
    deliveriesPerDay: 24,
    filesPerDelivery: 12,
    rowsPerFile: simulatedSites.length,
    // 130 bytes a reading
    bytesPerFile: 130 * simulatedSites.length,
    served: {},
    series: { rowsPerDay: simulatedSites.length * 288, requestsPerDay: 2_000 },
  },
});
