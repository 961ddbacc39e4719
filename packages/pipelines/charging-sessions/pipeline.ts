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
});
