-- Sites by the energy they delivered, with sessions, connectors and energy per connector and day.
SELECT
  site_id,
  max(site_name) AS site_name,
  count(*) AS sessions,
  sum(energy_kwh) AS energy_kwh,
  count(DISTINCT charger_id || '/' || coalesce(connector_id, '')) AS connectors,
  round(
    CAST(sum(energy_kwh) AS double)
      / count(DISTINCT charger_id || '/' || coalesce(connector_id, ''))
      / (date_diff('day', min(started_at), max(ended_at)) + 1),
    2
  ) AS kwh_per_connector_day
FROM charging_sessions
GROUP BY site_id
ORDER BY energy_kwh DESC, site_id
