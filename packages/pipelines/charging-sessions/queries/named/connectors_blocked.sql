-- Sessions that held a connector for four hours or more and drew less than 2 kW on average: parked, hardly charging.
SELECT
  site_id,
  charger_id,
  connector_id,
  started_at,
  round(date_diff('second', started_at, ended_at) / 3600e0, 1) AS hours,
  energy_kwh,
  round(CAST(energy_kwh AS double) / (date_diff('second', started_at, ended_at) / 3600e0), 2) AS average_kw
FROM charging_sessions
WHERE
  date_diff('second', started_at, ended_at) >= 14400
  AND CAST(energy_kwh AS double) / (date_diff('second', started_at, ended_at) / 3600e0) < 2
ORDER BY hours DESC, site_id, charger_id, started_at
LIMIT 100
