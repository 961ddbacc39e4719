-- Where readings are missing: between which two, for how long and how many; the longest first.
WITH following AS (
  SELECT
    r.site_id,
    s.interval_minutes,
    lag(r."timestamp") OVER (PARTITION BY r.site_id ORDER BY r."timestamp") AS last_before,
    r."timestamp" AS first_after
  FROM energy_readings AS r
  JOIN (
    ${sites}
  ) AS s ON s.site_id = r.site_id
)
SELECT
  site_id,
  last_before,
  first_after,
  round(date_diff('second', last_before, first_after) / 3600e0, 2) AS hours,
  (date_diff('second', last_before, first_after) - 1) / (60 * interval_minutes) AS missing_readings
FROM following
WHERE date_diff('second', last_before, first_after) > 60 * interval_minutes
ORDER BY hours DESC, site_id, first_after
LIMIT 1000
