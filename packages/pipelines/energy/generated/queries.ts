// Generated from packages/pipelines/energy/queries; do not edit.

import type { Queries } from "@penstock/workflows/pipeline.ts";

export const queries = {
  metrics: {},
  checks: {
    counts_agree_with_ledger: `
-- Every table has as many rows as the ledger says, in all and from this run.
SELECT *
FROM (
  SELECT
    'energy_readings' AS table_name,
    count(*) AS found,
    \${energy_readings.rows} AS expected,
    count_if(_run_id = '\${run_id}') AS found_of_run,
    \${energy_readings.inserted} + \${energy_readings.updated} AS expected_of_run
  FROM energy_readings
  UNION ALL
  SELECT
    'energy_anomalies' AS table_name,
    count(*) AS found,
    \${energy_anomalies.rows} AS expected,
    count_if(_run_id = '\${run_id}') AS found_of_run,
    \${energy_anomalies.inserted} + \${energy_anomalies.updated} AS expected_of_run
  FROM energy_anomalies
) AS counts
WHERE found <> expected OR found_of_run <> expected_of_run
`,
    net_is_generated_less_consumed: `
-- Net energy is what was generated less what was consumed, to the last digit.
SELECT site_id, "timestamp", energy_generated_kwh, energy_consumed_kwh, net_energy_kwh
FROM energy_readings
WHERE net_energy_kwh <> energy_generated_kwh - energy_consumed_kwh
`,
    no_key_twice: `
-- No site has two readings, or two findings, of one instant.
SELECT 'energy_readings' AS table_name, site_id, "timestamp", count(*) AS times
FROM energy_readings
GROUP BY site_id, "timestamp"
HAVING count(*) > 1
UNION ALL
SELECT 'energy_anomalies' AS table_name, site_id, "timestamp", count(*) AS times
FROM energy_anomalies
GROUP BY site_id, "timestamp"
HAVING count(*) > 1
`,
  },
  named: {
    anomalous_hours: {
      sql: `
-- The local hours of the day with most anomalies, site by site, and their share of the hour's readings.
WITH found AS (
  SELECT
    r.site_id,
    hour(at_timezone(r."timestamp", s.time_zone)) AS hour_of_day,
    coalesce(a.anomaly, false) AS anomaly
  FROM energy_readings AS r
  JOIN (
    \${sites}
  ) AS s ON s.site_id = r.site_id
  LEFT JOIN energy_anomalies AS a ON a.site_id = r.site_id AND a."timestamp" = r."timestamp"
)
SELECT
  site_id,
  hour_of_day,
  count_if(anomaly) AS anomalies,
  count(*) AS readings,
  round(CAST(count_if(anomaly) AS double) / count(*), 4) AS anomaly_rate
FROM found
GROUP BY site_id, hour_of_day
HAVING count_if(anomaly) > 0
ORDER BY anomalies DESC, anomaly_rate DESC, site_id, hour_of_day
LIMIT 100
`,
      description:
        "The local hours of the day with most anomalies, site by site, and their share of the hour's readings.",
    },
    anomaly_reasons: {
      sql: `
-- How often each site has each kind of anomaly, and when last.
SELECT
  a.site_id,
  reason.code AS reason,
  count(*) AS anomalies,
  max(a."timestamp") AS last_seen
FROM energy_anomalies AS a
CROSS JOIN UNNEST(split(a.reasons, ',')) AS reason (code)
WHERE a.anomaly
GROUP BY a.site_id, reason.code
ORDER BY anomalies DESC, a.site_id, reason
`,
      description: "How often each site has each kind of anomaly, and when last.",
    },
    balance_by_day: {
      sql: `
-- What each site generated and consumed on each of its local days, what was left, and how many readings say so.
SELECT
  r.site_id,
  date_format(at_timezone(r."timestamp", s.time_zone), '%Y-%m-%d') AS local_day,
  count(*) AS readings,
  sum(r.energy_generated_kwh) AS energy_generated_kwh,
  sum(r.energy_consumed_kwh) AS energy_consumed_kwh,
  sum(r.net_energy_kwh) AS net_energy_kwh
FROM energy_readings AS r
JOIN (
  \${sites}
) AS s ON s.site_id = r.site_id
GROUP BY r.site_id, date_format(at_timezone(r."timestamp", s.time_zone), '%Y-%m-%d')
ORDER BY r.site_id, local_day
`,
      description:
        "What each site generated and consumed on each of its local days, what was left, and how many readings say so.",
    },
    capacity_factor_by_month: {
      sql: `
-- What each site generated of what its capacity allows in the intervals that were read, by local month: 0 to 1.
SELECT
  r.site_id,
  s.kind,
  date_format(at_timezone(r."timestamp", s.time_zone), '%Y-%m') AS month,
  sum(r.energy_generated_kwh) AS energy_generated_kwh,
  round(count(*) * max(s.interval_minutes) / 60e0, 2) AS hours_read,
  round(
    CAST(sum(r.energy_generated_kwh) AS double)
      / (max(s.capacity_kw) * count(*) * max(s.interval_minutes) / 60e0),
    4
  ) AS capacity_factor
FROM energy_readings AS r
JOIN (
  \${sites}
) AS s ON s.site_id = r.site_id
GROUP BY r.site_id, s.kind, date_format(at_timezone(r."timestamp", s.time_zone), '%Y-%m')
ORDER BY r.site_id, month
`,
      description:
        "What each site generated of what its capacity allows in the intervals that were read, by local month: 0 to 1.",
    },
    gaps: {
      sql: `
-- Where readings are missing: between which two, for how long and how many; the longest first.
WITH following AS (
  SELECT
    r.site_id,
    s.interval_minutes,
    lag(r."timestamp") OVER (PARTITION BY r.site_id ORDER BY r."timestamp") AS last_before,
    r."timestamp" AS first_after
  FROM energy_readings AS r
  JOIN (
    \${sites}
  ) AS s ON s.site_id = r.site_id
)
SELECT
  site_id,
  last_before,
  first_after,
  round(date_diff('second', last_before, first_after) / 3600e0, 2) AS hours,
  (date_diff('second', last_before, first_after) - 1) / (60 * interval_minutes) AS missing_readings
FROM following
WHERE date_diff('second', last_before, first_after) > 60 * interval_minutes
ORDER BY hours DESC, site_id, first_after
LIMIT 1000
`,
      description:
        "Where readings are missing: between which two, for how long and how many; the longest first.",
    },
    month_on_month: {
      sql: `
-- What each site generated and consumed in each local month, and the change from the month before in per cent.
WITH months AS (
  SELECT
    r.site_id,
    date_format(at_timezone(r."timestamp", s.time_zone), '%Y-%m') AS month,
    sum(r.energy_generated_kwh) AS energy_generated_kwh,
    sum(r.energy_consumed_kwh) AS energy_consumed_kwh,
    sum(r.net_energy_kwh) AS net_energy_kwh
  FROM energy_readings AS r
  JOIN (
    \${sites}
  ) AS s ON s.site_id = r.site_id
  GROUP BY r.site_id, date_format(at_timezone(r."timestamp", s.time_zone), '%Y-%m')
),
compared AS (
  SELECT
    site_id,
    month,
    energy_generated_kwh,
    energy_consumed_kwh,
    net_energy_kwh,
    lag(energy_generated_kwh) OVER (PARTITION BY site_id ORDER BY month) AS generated_before,
    lag(energy_consumed_kwh) OVER (PARTITION BY site_id ORDER BY month) AS consumed_before
  FROM months
)
SELECT
  site_id,
  month,
  energy_generated_kwh,
  round(
    100 * CAST(energy_generated_kwh - generated_before AS double)
      / nullif(CAST(generated_before AS double), 0e0),
    1
  ) AS generated_change_percent,
  energy_consumed_kwh,
  round(
    100 * CAST(energy_consumed_kwh - consumed_before AS double)
      / nullif(CAST(consumed_before AS double), 0e0),
    1
  ) AS consumed_change_percent,
  net_energy_kwh
FROM compared
ORDER BY site_id, month
`,
      description:
        "What each site generated and consumed in each local month, and the change from the month before in per cent.",
    },
    self_sufficiency_by_month: {
      sql: `
-- Of what each site consumed, the share that it generated in the same interval; and of what it generated, the share
-- that it used itself. By local month.
SELECT
  r.site_id,
  date_format(at_timezone(r."timestamp", s.time_zone), '%Y-%m') AS month,
  sum(least(r.energy_generated_kwh, r.energy_consumed_kwh)) AS used_at_once_kwh,
  round(
    CAST(sum(least(r.energy_generated_kwh, r.energy_consumed_kwh)) AS double)
      / nullif(CAST(sum(r.energy_consumed_kwh) AS double), 0e0),
    4
  ) AS self_sufficiency,
  round(
    CAST(sum(least(r.energy_generated_kwh, r.energy_consumed_kwh)) AS double)
      / nullif(CAST(sum(r.energy_generated_kwh) AS double), 0e0),
    4
  ) AS self_consumption
FROM energy_readings AS r
JOIN (
  \${sites}
) AS s ON s.site_id = r.site_id
WHERE r.energy_generated_kwh >= 0 AND r.energy_consumed_kwh >= 0
GROUP BY r.site_id, date_format(at_timezone(r."timestamp", s.time_zone), '%Y-%m')
ORDER BY r.site_id, month
`,
      description:
        "Of what each site consumed, the share that it generated in the same interval; and of what it generated, the share that it used itself. By local month.",
    },
    worst_sites: {
      sql: `
-- Sites by how little their readings can be relied on: the share that is missing between the first and the last, and
-- the share that is anomalous.
WITH found AS (
  SELECT
    r.site_id,
    count(*) AS readings,
    count_if(coalesce(a.anomaly, false)) AS anomalies,
    date_diff('second', min(r."timestamp"), max(r."timestamp")) / (60 * max(s.interval_minutes)) + 1 AS expected
  FROM energy_readings AS r
  JOIN (
    \${sites}
  ) AS s ON s.site_id = r.site_id
  LEFT JOIN energy_anomalies AS a ON a.site_id = r.site_id AND a."timestamp" = r."timestamp"
  GROUP BY r.site_id
)
SELECT
  site_id,
  readings,
  anomalies,
  round(CAST(anomalies AS double) / readings, 4) AS anomaly_rate,
  greatest(expected - readings, 0) AS missing_readings,
  round(CAST(greatest(expected - readings, 0) AS double) / expected, 4) AS missing_share
FROM found
ORDER BY round(CAST(anomalies AS double) / readings, 4)
  + round(CAST(greatest(expected - readings, 0) AS double) / expected, 4) DESC, site_id
`,
      description:
        "Sites by how little their readings can be relied on: the share that is missing between the first and the last, and the share that is anomalous.",
    },
  },
} as const satisfies Queries;
