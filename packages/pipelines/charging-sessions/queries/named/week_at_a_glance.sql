-- When people plug in: sessions by local weekday (1 is Monday) and hour, over all sites.
SELECT
  day_of_week(at_timezone(started_at, time_zone)) AS weekday,
  hour(at_timezone(started_at, time_zone)) AS hour_of_day,
  count(*) AS sessions,
  round(avg(CAST(energy_kwh AS double)), 2) AS average_kwh
FROM charging_sessions
GROUP BY day_of_week(at_timezone(started_at, time_zone)), hour(at_timezone(started_at, time_zone))
ORDER BY weekday, hour_of_day
