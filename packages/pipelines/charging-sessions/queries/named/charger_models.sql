-- Charger models compared: sessions, median length, energy, and the share of sessions that brought nothing.
SELECT
  coalesce(charger_model, 'unknown') AS charger_model,
  count(DISTINCT charger_id) AS chargers,
  count(*) AS sessions,
  round(approx_percentile(date_diff('second', started_at, ended_at) / 60e0, 0.5), 1) AS median_minutes,
  round(avg(CAST(energy_kwh AS double)), 2) AS average_kwh,
  round(CAST(count_if(energy_kwh < 0.1) AS double) / count(*), 4) AS share_without_energy
FROM charging_sessions
GROUP BY coalesce(charger_model, 'unknown')
ORDER BY sessions DESC, charger_model
