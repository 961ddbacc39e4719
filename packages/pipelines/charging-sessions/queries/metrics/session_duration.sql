-- How long sessions last at a site, in minutes: mean and median, both exact.
WITH lengths AS (
  SELECT site_id, date_diff('millisecond', started_at, ended_at) AS lasted, count(*) AS sessions
  FROM charging_sessions
  GROUP BY site_id, date_diff('millisecond', started_at, ended_at)
),
ranked AS (
  SELECT
    site_id,
    lasted,
    sessions,
    -- by length, the last of these is in this place
    sum(sessions) OVER (PARTITION BY site_id ORDER BY lasted) AS place,
    sum(sessions) OVER (PARTITION BY site_id) AS total
  FROM lengths
)
SELECT
  site_id,
  'all' AS period,
  sum(sessions) AS sessions,
  round(CAST(sum(lasted * sessions) AS double) / sum(sessions) / 6e4, 2) AS average_minutes,
  -- the one in the middle, or half-way between the two
  round(
    CAST(
      min(CASE WHEN place >= (total + 1) / 2 THEN lasted END) + min(CASE WHEN place >= total / 2 + 1 THEN lasted END) AS double
    ) / 2 / 6e4,
    2
  ) AS median_minutes
FROM ranked
GROUP BY site_id
