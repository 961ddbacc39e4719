-- Sessions, energy and drivers of each operator by local month.
SELECT
  operator,
  date_format(at_timezone(started_at, time_zone), '%Y-%m') AS month,
  count(*) AS sessions,
  sum(energy_kwh) AS energy_kwh,
  count(DISTINCT user_id) AS drivers
FROM charging_sessions
GROUP BY operator, date_format(at_timezone(started_at, time_zone), '%Y-%m')
ORDER BY operator, month
