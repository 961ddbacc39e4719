-- How long sessions last at a site: mean and median minutes, exact.
WITH ranked AS (
  SELECT
    site_id,
    date_diff('millisecond', started_at, ended_at) AS lasted,
    row_number() OVER (PARTITION BY site_id ORDER BY date_diff('millisecond', started_at, ended_at)) AS place,
    count(*) OVER (PARTITION BY site_id) AS sessions
  FROM charging_sessions
)
SELECT
  site_id,
  'all' AS period,
  count(*) AS sessions,
  round(CAST(sum(lasted) AS double) / count(*) / 60000, 2) AS average_minutes,
  -- the middle one, or the two in the middle
  round(
    CAST(sum(CASE WHEN place IN ((sessions + 1) / 2, sessions / 2 + 1) THEN lasted END) AS double)
      / count(CASE WHEN place IN ((sessions + 1) / 2, sessions / 2 + 1) THEN 1 END) / 60000,
    2
  ) AS median_minutes
FROM ranked
GROUP BY site_id
