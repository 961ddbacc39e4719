-- What a driver does, by pseudonym: how much, at what local hour, how often, and whether they came back.
WITH starts AS (
  SELECT
    user_id,
    started_at,
    energy_kwh,
    CAST(at_timezone(started_at, time_zone) AS timestamp(6)) AS started_local
  FROM charging_sessions
  WHERE user_id IS NOT NULL
),
gaps AS (
  SELECT
    user_id,
    date_diff('second', lag(started_at) OVER (PARTITION BY user_id ORDER BY started_at), started_at) AS gap
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
  SELECT
    user_id,
    round(avg(CAST(gap AS double)) / 86400, 2) AS median_days_between
  FROM ranked
  WHERE place IN ((gaps + 1) / 2, gaps / 2 + 1)
  GROUP BY user_id
),
by_hour AS (
  SELECT user_id, hour(started_local) AS hour_of_day, count(*) AS sessions
  FROM starts
  GROUP BY user_id, hour(started_local)
),
usual AS (
  SELECT user_id, hour_of_day, row_number() OVER (PARTITION BY user_id ORDER BY sessions DESC, hour_of_day) AS place
  FROM by_hour
),
totals AS (
  SELECT
    user_id,
    count(*) AS sessions,
    sum(energy_kwh) AS energy_kwh,
    date_format(min(started_local), '%Y-%m-%d') AS first_seen,
    date_format(max(started_local), '%Y-%m-%d') AS last_seen
  FROM starts
  GROUP BY user_id
)
SELECT
  totals.user_id,
  'all' AS period,
  totals.sessions,
  totals.energy_kwh,
  usual.hour_of_day AS usual_hour,
  pauses.median_days_between,
  totals.first_seen,
  totals.last_seen,
  CASE WHEN totals.first_seen < totals.last_seen THEN 'returning' ELSE 'new' END AS kind
FROM totals
JOIN usual ON usual.user_id = totals.user_id AND usual.place = 1
LEFT JOIN pauses ON pauses.user_id = totals.user_id
