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
  ${sites}
) AS s ON s.site_id = r.site_id
GROUP BY r.site_id, date_format(at_timezone(r."timestamp", s.time_zone), '%Y-%m-%d')
ORDER BY r.site_id, local_day
