// Generated from packages/pipelines/energy/sources; do not edit.

import type { Profile } from "@penstock/workflows/pipeline.ts";

export const profiles = [
  {
    name: "anomalies",
    header: ["site_id", "timestamp", "anomaly", "reasons", "assessed_at"],
    folder: "anomalies/",
    multiline: false,
    format: "json",
    datasets: ["energy_anomalies"],
  },
  {
    name: "ausgrid",
    header: ["_1", "GC", "GG"],
    folder: null,
    multiline: false,
    datasets: ["energy_readings"],
  },
  {
    name: "citylearn",
    header: [
      "month",
      "hour",
      "day_type",
      "daylight_savings_status",
      "indoor_dry_bulb_temperature",
      "average_unmet_cooling_setpoint_difference",
      "indoor_relative_humidity",
      "non_shiftable_load",
      "dhw_demand",
      "cooling_demand",
      "heating_demand",
      "solar_generation",
    ],
    folder: null,
    multiline: false,
    datasets: ["energy_readings"],
  },
  {
    name: "readings",
    header: ["site_id", "timestamp", "energy_generated_kwh", "energy_consumed_kwh"],
    folder: null,
    multiline: false,
    format: "json",
    datasets: ["energy_readings"],
  },
] as const satisfies readonly Profile[];
