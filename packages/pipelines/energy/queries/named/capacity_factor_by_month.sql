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
  ${sites}
) AS s ON s.site_id = r.site_id
GROUP BY r.site_id, s.kind, date_format(at_timezone(r."timestamp", s.time_zone), '%Y-%m')
ORDER BY r.site_id, month
