-- Of what each site consumed, the share that it generated in the same interval; and of what it generated, the share
-- that it used itself. By local month.
SELECT
  r.site_id,
  date_format(at_timezone(r."timestamp", s.time_zone), '%Y-%m') AS month,
  sum(least(r.energy_generated_kwh, r.energy_consumed_kwh)) AS used_at_once_kwh,
  round(
    CAST(sum(least(r.energy_generated_kwh, r.energy_consumed_kwh)) AS double)
      / nullif(CAST(sum(r.energy_consumed_kwh) AS double), 0e0),
    4
  ) AS self_sufficiency,
  round(
    CAST(sum(least(r.energy_generated_kwh, r.energy_consumed_kwh)) AS double)
      / nullif(CAST(sum(r.energy_generated_kwh) AS double), 0e0),
    4
  ) AS self_consumption
FROM energy_readings AS r
JOIN (
  ${sites}
) AS s ON s.site_id = r.site_id
WHERE r.energy_generated_kwh >= 0 AND r.energy_consumed_kwh >= 0
GROUP BY r.site_id, date_format(at_timezone(r."timestamp", s.time_zone), '%Y-%m')
ORDER BY r.site_id, month
