-- The local hours of the day with most anomalies, site by site, and their share of the hour's readings.
WITH found AS (
  SELECT
    r.site_id,
    hour(at_timezone(r."timestamp", s.time_zone)) AS hour_of_day,
    coalesce(a.anomaly, false) AS anomaly
  FROM energy_readings AS r
  JOIN (
    ${sites}
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
