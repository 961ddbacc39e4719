-- What a driver does, by pseudonym: how much, at what local hour, how often, and whether they came back another day.
WITH starts AS (
  SELECT
    user_id,
    time_zone,
    energy_kwh,
    date_diff('millisecond', TIMESTAMP '1970-01-01 00:00:00 UTC', started_at) AS started
  FROM charging_sessions
  WHERE user_id IS NOT NULL
),
-- how far a zone's clocks are ahead of UTC, hour by hour: asked once an hour, not once a session
clocks AS (
  SELECT
    time_zone,
    hour_number,
    date_diff(
      'millisecond',
      TIMESTAMP '1970-01-01 00:00:00',
      CAST(
        at_timezone(date_add('hour', hour_number, TIMESTAMP '1970-01-01 00:00:00 UTC'), time_zone) AS timestamp(6)
      )
    ) - hour_number * 3600000 AS ahead
  FROM (SELECT DISTINCT time_zone, started / 3600000 AS hour_number FROM starts) AS started_hours
),
local_starts AS (
  SELECT user_id, energy_kwh, started + ahead AS started_local
  FROM starts
  JOIN clocks ON clocks.time_zone = starts.time_zone AND clocks.hour_number = starts.started / 3600000
),
by_hour AS (
  SELECT user_id, started_local / 3600000 % 24 AS hour_of_day, count(*) AS sessions
  FROM local_starts
  GROUP BY user_id, started_local / 3600000 % 24
),
usual AS (
  SELECT user_id, hour_of_day, row_number() OVER (PARTITION BY user_id ORDER BY sessions DESC, hour_of_day) AS place
  FROM by_hour
),
gaps AS (
  SELECT user_id, started - lag(started) OVER (PARTITION BY user_id ORDER BY started) AS gap
  FROM starts
),
ranked AS (
  SELECT
    user_id,
    gap,
    row_number() OVER (PARTITION BY user_id ORDER BY gap) AS place,
    count(*) OVER (PARTITION BY user_id) AS gaps
  FROM gaps
  WHERE gap IS NOT NULL
),
pauses AS (
  SELECT user_id, CAST(sum(gap) AS double) / count(*) / 86400000 AS median_days
  FROM ranked
  -- the one in the middle, or the two
  WHERE place IN ((gaps + 1) / 2, gaps / 2 + 1)
  GROUP BY user_id
),
totals AS (
  SELECT
    user_id,
    count(*) AS sessions,
    sum(energy_kwh) AS energy_kwh,
    min(started_local / 86400000) AS first_day,
    max(started_local / 86400000) AS last_day
  FROM local_starts
  GROUP BY user_id
)
SELECT
  totals.user_id,
  'all' AS period,
  totals.sessions,
  totals.energy_kwh,
  usual.hour_of_day AS usual_hour,
  round(pauses.median_days, 2) AS median_days_between,
  date_format(date_add('day', first_day, TIMESTAMP '1970-01-01 00:00:00'), '%Y-%m-%d') AS first_seen,
  date_format(date_add('day', last_day, TIMESTAMP '1970-01-01 00:00:00'), '%Y-%m-%d') AS last_seen,
  CASE WHEN first_day < last_day THEN 'returning' ELSE 'new' END AS kind
FROM totals
JOIN usual ON usual.user_id = totals.user_id AND usual.place = 1
LEFT JOIN pauses ON pauses.user_id = totals.user_id
