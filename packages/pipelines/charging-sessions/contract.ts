import { decimal, integer, oneOf, string, timestamp } from "@penstock/contracts/column.ts";
import { dataset, merge, month, rule } from "@penstock/contracts/dataset.ts";
import { mean, quarantined } from "@penstock/contracts/gate.ts";

/** Zones that most chargers stand in; asking Spark whether it knows one costs as much as all other rules together. */
const common = [
  ...[
    "UTC",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    "America/New_York",
    "America/Toronto",
  ],
  ...["Asia/Kolkata", "Asia/Seoul", "Asia/Shanghai", "Asia/Singapore", "Asia/Tokyo", "Australia/Sydney"],
  ...["Europe/Amsterdam", "Europe/Berlin", "Europe/Brussels", "Europe/Copenhagen", "Europe/Dublin"],
  ...["Europe/Helsinki", "Europe/Lisbon", "Europe/London", "Europe/Madrid", "Europe/Oslo", "Europe/Paris"],
  ...["Europe/Rome", "Europe/Stockholm", "Europe/Vienna", "Europe/Warsaw", "Europe/Zurich"],
];

/**
 * An IANA name, checked by an engine that knows them all: Spark reads a time in a zone it knows, and NULL
 * otherwise. One unknown name let through would fail every query that asks for local time.
 */
const isTimeZone =
  `time_zone IS NULL OR time_zone IN (${common.map((name) => `'${name}'`).join(", ")}) OR (` +
  "time_zone RLIKE '^(UTC|(Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Etc|Europe|Indian|Pacific)/.+)$' " +
  "AND try_cast(concat('2000-01-01 00:00:00 ', time_zone) AS timestamp) IS NOT NULL)";

/**
 * No public charger is older, and the calendar that the hourly metrics are drawn on stays below the 10,000 days
 * that Athena's sequence() can count.
 */
const anyStart = ["2010-01-01T00:00:00Z", "2037-01-01T00:00:00Z"] as const;

export const chargingSession = dataset("charging_sessions", {
  description: "A completed charging session, one row each.",
  columns: {
    session_id: string().describe(
      "The operator's id of the session, or a hash of operator, charger, connector and start.",
    ),
    operator: string().describe("Who runs the charger, and whose ids these are."),
    site_id: string().describe("The place that chargers stand at: a car park, a depot, an office."),
    site_name: string().optional().describe("The site's name as people know it."),
    charger_id: string().describe("The device, which has one connector or more."),
    charger_model: string().optional().describe("The charger's make and model, as the operator writes it."),
    connector_id: string()
      .optional()
      .describe("Which connector of the charger; one charger is one connector where the source doesn't say."),
    connector_type: oneOf(
      "CCS",
      "CHAdeMO",
      "NACS",
      "Type 1",
      "Type 2",
      "Type 3",
      "GB/T AC",
      "GB/T DC",
      "Domestic socket",
    )
      .optional()
      .describe("The plug."),
    started_at: timestamp()
      .between(...anyStart)
      .describe("When the car was plugged in."),
    ended_at: timestamp().describe("When it was unplugged; a session that is still open has none."),
    time_zone: string().describe("The site's IANA time zone, such as Europe/London."),
    energy_kwh: decimal(10, 3).between(0, 1000).describe("Energy delivered, in kWh."),
    user_id: string().optional().pii("pseudonymise").describe("Who charged, as a pseudonym."),
    repaired: string()
      .optional()
      .remark()
      .describe("What was certainly wrong in the source and was put right; empty when nothing was."),
  },
  primaryKey: ["operator", "session_id"],
  newestBy: ["energy_kwh"],
  write: merge(),
  partitionBy: [month("started_at")],
  rows: [
    rule("does not end before it starts", "ended_at >= started_at"),
    rule("lasts at most 7 days", "ended_at <= started_at + INTERVAL 7 DAYS"),
    rule("has a known time zone", isTimeZone),
  ],
  gates: [quarantined().atMost(0.2), mean("energy_kwh").between(0.5, 80)],
  freshness: { column: "started_at", within: "36 hours" },
});

export const site = dataset("sites", {
  description: "What an operator says about a site: optional, and what utilisation is measured against.",
  columns: {
    site_id: string().describe("The site, as the sessions name it."),
    site_name: string().optional().describe("The site's name as people know it."),
    time_zone: string().describe("The site's IANA time zone, such as Europe/London."),
    connectors: integer().between(1, 10000).describe("How many cars can charge at once."),
    opens_at: string()
      .optional()
      .describe("When the site opens each day, local time, HH:MM; open all day when empty."),
    closes_at: string().optional().describe("When it closes, on the same day, HH:MM up to 24:00."),
  },
  primaryKey: ["site_id"],
  write: merge(),
  rows: [
    rule("has a known time zone", isTimeZone),
    rule("opens at a time of day", "opens_at RLIKE '^([01][0-9]|2[0-3]):[0-5][0-9]$'"),
    rule("closes at a time of day", "closes_at RLIKE '^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$'"),
    rule("opens before it closes", "coalesce(opens_at, '00:00') < coalesce(closes_at, '24:00')"),
  ],
  gates: [quarantined().atMost(0.2)],
});
