import { pipeline } from "@penstock/workflows/pipeline.ts";
import { chargingSession, site } from "./contract.ts";
import { queries } from "./generated/queries.ts";
import { prefix, workflow } from "./workflow.ts";

/** A check of the figures themselves: it runs the very query that serves them. */
const checks = {
  ...queries.checks,
  utilisation_between_0_and_1: queries.checks.utilisation_between_0_and_1.replace(
    "${metrics.utilisation}",
    () => queries.metrics.utilisation,
  ),
};

export default pipeline({
  name: "charging-sessions",
  description: "EV charging sessions from operators' CSV files, and how well the chargers are used.",
  datasets: [chargingSession, site],
  trigger: { prefix, sweep: "daily", maintenance: "weekly" },
  workflow,
  lookups: [
    {
      key: "site_id",
      metrics: ["session_duration", "usage_by_hour", "utilisation", "connector_types"],
      cloudwatch: ["session_duration", "utilisation"],
    },
    // a pseudonym still belongs to a person: its figures are served, and never become metrics
    { key: "user_id", metrics: ["user_behaviour"], cloudwatch: [] },
  ],
  queries: { ...queries, checks },
  // six operators, each with a file a night at an hour of its own: forty sites, 75 sessions a day each
  volume: {
    deliveriesPerDay: 6,
    filesPerDelivery: 1,
    rowsPerFile: 500,
    // 200 bytes a row, as in the samples
    bytesPerFile: 100_000,
    served: {
      site_id: {
        keys: 40,
        // the hours of a day; twelve months and "all"
        periods: { session_duration: 1, usage_by_hour: 24, utilisation: 13, connector_types: 4 },
      },
      user_id: { keys: 3_000, periods: { user_behaviour: 1 } },
    },
  },
});
