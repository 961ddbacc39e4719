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
