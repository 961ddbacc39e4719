import { boolean, decimal, string, timestamp } from "@penstock/contracts/column.ts";
import { dataset, merge, month, rule } from "@penstock/contracts/dataset.ts";
import { quarantined } from "@penstock/contracts/gate.ts";
import { sites } from "./sites.ts";

const siteIsKnown = rule(
  "site is known",
  `site_id IN (${sites.map(({ site_id }) => `'${site_id}'`).join(", ")})`,
);

const wholeSecond = rule("whole second", "`timestamp` = date_trunc('SECOND', `timestamp`)");

/** A few bad readings must not hold back their neighbours. */
const mostQuarantined = quarantined().atMost(0.5);

export const energyReading = dataset("energy_readings", {
  description: "What a site generated and consumed in one interval, one row each.",
  columns: {
    site_id: string().describe("The site, as in the pipeline's configuration."),
    timestamp: timestamp().describe("The instant that the source gives the interval."),
    energy_generated_kwh: decimal(14, 4).describe(
      "Generated in the interval; a negative value is an anomaly.",
    ),
    energy_consumed_kwh: decimal(14, 4).describe("Consumed in the interval; a negative value is an anomaly."),
    net_energy_kwh: decimal(14, 4).describe("Generated less consumed."),
  },
  primaryKey: ["site_id", "timestamp"],
  write: merge(),
  partitionBy: [month("timestamp")],
  rows: [siteIsKnown, wholeSecond],
  gates: [mostQuarantined],
  // three of the simulator's intervals
  freshness: { column: "timestamp", within: "15 minutes" },
});

export const energyAnomaly = dataset("energy_anomalies", {
  description: "What was found odd about a reading, one row each.",
  columns: {
    site_id: string().describe("The reading's site."),
    timestamp: timestamp().describe("The reading's time."),
    anomaly: boolean().describe("Whether it is one; false when it was, and is none any more."),
    reasons: string()
      .optional()
      .describe("Codes of what is odd, separated by commas; empty when nothing is."),
    assessed_at: timestamp().describe("When that was found; the newest finding stands."),
  },
  primaryKey: ["site_id", "timestamp"],
  newestBy: ["assessed_at"],
  write: merge(),
  partitionBy: [month("timestamp")],
  rows: [siteIsKnown, wholeSecond],
  gates: [mostQuarantined],
});
