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
    ${sites}
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
