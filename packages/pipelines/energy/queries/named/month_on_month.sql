-- What each site generated and consumed in each local month, and the change from the month before in per cent.
WITH months AS (
  SELECT
    r.site_id,
    date_format(at_timezone(r."timestamp", s.time_zone), '%Y-%m') AS month,
    sum(r.energy_generated_kwh) AS energy_generated_kwh,
    sum(r.energy_consumed_kwh) AS energy_consumed_kwh,
    sum(r.net_energy_kwh) AS net_energy_kwh
  FROM energy_readings AS r
  JOIN (
    ${sites}
  ) AS s ON s.site_id = r.site_id
  GROUP BY r.site_id, date_format(at_timezone(r."timestamp", s.time_zone), '%Y-%m')
),
compared AS (
  SELECT
    site_id,
    month,
    energy_generated_kwh,
    energy_consumed_kwh,
    net_energy_kwh,
    lag(energy_generated_kwh) OVER (PARTITION BY site_id ORDER BY month) AS generated_before,
    lag(energy_consumed_kwh) OVER (PARTITION BY site_id ORDER BY month) AS consumed_before
  FROM months
)
SELECT
  site_id,
  month,
  energy_generated_kwh,
  round(
    100 * CAST(energy_generated_kwh - generated_before AS double)
      / nullif(CAST(generated_before AS double), 0e0),
    1
  ) AS generated_change_percent,
  energy_consumed_kwh,
  round(
    100 * CAST(energy_consumed_kwh - consumed_before AS double)
      / nullif(CAST(consumed_before AS double), 0e0),
    1
  ) AS consumed_change_percent,
  net_energy_kwh
FROM compared
ORDER BY site_id, month
