// Generated from packages/pipelines/charging-sessions/queries; do not edit.

import type { Queries } from "@penstock/workflows/pipeline.ts";

export const queries = {
  metrics: {
    connector_types: `
-- What plugs a site's sessions and energy go through; period is the type.
WITH by_type AS (
  SELECT
    site_id,
    coalesce(connector_type, 'unknown') AS connector_type,
    count(*) AS sessions,
    sum(energy_kwh) AS energy_kwh
  FROM charging_sessions
  GROUP BY site_id, coalesce(connector_type, 'unknown')
)
SELECT
  site_id,
  connector_type AS period,
  sessions,
  energy_kwh,
  round(CAST(sessions AS double) / sum(sessions) OVER (PARTITION BY site_id), 4) AS share_of_sessions,
  -- a site whose sessions brought no energy has no shares of it
  round(CAST(energy_kwh AS double) / nullif(CAST(sum(energy_kwh) OVER (PARTITION BY site_id) AS double), 0), 4)
    AS share_of_energy
FROM by_type
`,
    session_duration: `
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
    sum(sessions) OVER (PARTITION BY site_id) AS of
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
      min(CASE WHEN place >= (of + 1) / 2 THEN lasted END) + min(CASE WHEN place >= of / 2 + 1 THEN lasted END) AS double
    ) / 2 / 6e4,
    2
  ) AS median_minutes
FROM ranked
GROUP BY site_id
`,
    usage_by_hour: `
-- What happens at a site in each hour of its local day; period is the hour, '00' to '23'.
--
-- A session that spans hours counts in each for its share of the time, and so does its energy. Occupied time is the
-- time that connectors were taken: overlaps on one connector count once. The ratio is that of utilisation.sql, by
-- hour. The busiest hour has peak_rank 1.
--
-- Times are whole milliseconds since 1970 and shares whole millionths: no figure depends on the order of adding.
WITH read AS (
  SELECT
    site_id,
    operator,
    charger_id,
    -- a charger whose source doesn't tell its connectors apart is one connector
    coalesce(connector_id, '') AS connector_id,
    time_zone,
    CAST(energy_kwh AS double) AS energy_kwh,
    date_diff('millisecond', TIMESTAMP '1970-01-01 00:00:00 UTC', started_at) AS started,
    -- what ends as it starts lasts a millisecond, so that its energy has a time to be in
    date_diff('millisecond', TIMESTAMP '1970-01-01 00:00:00 UTC', ended_at)
      + CASE WHEN ended_at = started_at THEN 1 ELSE 0 END AS ended
  FROM charging_sessions
),
connectors AS (
  SELECT
    row_number() OVER (ORDER BY site_id, operator, charger_id, connector_id) AS number,
    site_id,
    operator,
    charger_id,
    connector_id,
    max(time_zone) AS time_zone,
    min(started) AS first_start,
    max(ended) AS last_end
  FROM read
  GROUP BY site_id, operator, charger_id, connector_id
),
-- the figures of an operator's sites are known until the last end that it has reported
known AS (
  SELECT site_id, time_zone, first_start, max(last_end) OVER (PARTITION BY operator) AS data_end
  FROM connectors
),
places AS (
  SELECT
    row_number() OVER (ORDER BY known.site_id) AS place,
    known.site_id,
    coalesce(max(sites.time_zone), max(known.time_zone)) AS time_zone,
    min(known.first_start) AS first_start,
    max(known.data_end) AS data_end,
    -- what sites.csv says, though never fewer than were seen; NULL without it
    CASE WHEN count(sites.site_id) > 0 THEN greatest(max(sites.connectors), count(*)) END AS declared,
    coalesce(max(sites.opens_at), '00:00') AS opens_at,
    coalesce(max(sites.closes_at), '24:00') AS closes_at
  FROM known
  LEFT JOIN sites ON sites.site_id = known.site_id
  GROUP BY known.site_id
),
-- a zone's hours begin with those of UTC, or so many milliseconds apart, as in India
zones AS (
  SELECT
    time_zone,
    minute(at_timezone(TIMESTAMP '2020-01-01 00:00:00 UTC', time_zone)) * 60000 AS shift,
    min(first_start) AS first_start,
    max(data_end) AS data_end
  FROM places
  GROUP BY time_zone
),
calendar AS (
  SELECT
    time_zone,
    shift,
    day * 24 + of_day AS hour_number,
    CAST(
      at_timezone(
        date_add('millisecond', (day * 24 + of_day) * 3600000 - shift, TIMESTAMP '1970-01-01 00:00:00 UTC'),
        time_zone
      ) AS timestamp(6)
    ) AS local_time
  FROM zones
  CROSS JOIN UNNEST(sequence((first_start + shift) / 86400000, (data_end + shift) / 86400000)) AS days (day)
  CROSS JOIN UNNEST(sequence(0, 23)) AS hours (of_day)
),
-- the hours that a site has been known for, and when in them it is open
hours AS (
  SELECT
    place,
    hour_number,
    hour(local_time) AS local_hour,
    declared,
    first_start,
    data_end,
    hour_number * 3600000 - shift AS begins,
    hour_number * 3600000 - shift + 60000 * greatest(
      0, CAST(substr(opens_at, 1, 2) AS integer) * 60 + CAST(substr(opens_at, 4, 2) AS integer) - hour(local_time) * 60
    ) AS opens,
    hour_number * 3600000 - shift + 60000 * least(
      60, CAST(substr(closes_at, 1, 2) AS integer) * 60 + CAST(substr(closes_at, 4, 2) AS integer) - hour(local_time) * 60
    ) AS closes
  FROM places
  JOIN calendar
    ON calendar.time_zone = places.time_zone
    AND hour_number BETWEEN (first_start + shift) / 3600000 AND (data_end - 1 + shift) / 3600000
),
-- connectors that nobody declared are there as soon as they are seen
arrivals AS (
  SELECT
    place,
    (known.first_start + shift) / 3600000 AS hour_number,
    count(*) AS arrived,
    sum(known.first_start) AS arrived_at
  FROM known
  JOIN places ON places.site_id = known.site_id
  JOIN zones ON zones.time_zone = places.time_zone
  GROUP BY place, (known.first_start + shift) / 3600000
),
counted AS (
  SELECT
    hours.place,
    local_hour,
    declared,
    greatest(opens, first_start) AS opens,
    least(closes, data_end) AS closes,
    begins,
    coalesce(arrived, 0) AS arrived,
    coalesce(arrived_at, 0) AS arrived_at,
    sum(coalesce(arrived, 0)) OVER (PARTITION BY hours.place ORDER BY hours.hour_number) AS seen
  FROM hours
  LEFT JOIN arrivals ON arrivals.place = hours.place AND arrivals.hour_number = hours.hour_number
),
available AS (
  SELECT
    place,
    local_hour,
    sum(
      CASE
        WHEN declared IS NOT NULL THEN declared * greatest(0, closes - opens)
        ELSE (seen - arrived) * (closes - begins) + arrived * closes - arrived_at
      END
    ) AS available
  FROM counted
  GROUP BY place, local_hour
),
taken AS (
  SELECT
    connectors.site_id,
    read.energy_kwh,
    read.started,
    read.ended,
    -- until then the connector was taken by others
    coalesce(
      max(read.ended) OVER (
        PARTITION BY connectors.number ORDER BY read.started ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
      ),
      0
    ) AS taken_until
  FROM read
  JOIN connectors
    ON connectors.site_id = read.site_id
    AND connectors.operator = read.operator
    AND connectors.charger_id = read.charger_id
    AND connectors.connector_id = read.connector_id
),
-- each session once for each hour that it reaches into
pieces AS (
  SELECT place, energy_kwh, started, ended, taken_until, number
  FROM taken
  JOIN places ON places.site_id = taken.site_id
  JOIN zones ON zones.time_zone = places.time_zone
  CROSS JOIN UNNEST(sequence((started + shift) / 3600000, (ended - 1 + shift) / 3600000)) AS numbers (number)
),
used AS (
  SELECT
    pieces.place,
    local_hour,
    sum(CAST(
      1e6 * (least(ended, begins + 3600000) - greatest(started, begins)) / (ended - started) AS bigint
    )) AS sessions,
    sum(CAST(
      1e6 * energy_kwh * (least(ended, begins + 3600000) - greatest(started, begins)) / (ended - started) AS bigint
    )) AS energy,
    sum(greatest(0, least(ended, begins + 3600000) - greatest(started, taken_until, begins))) AS occupied,
    sum(greatest(0, least(ended, closes) - greatest(started, taken_until, opens))) AS occupied_open
  FROM pieces
  JOIN hours ON hours.place = pieces.place AND hours.hour_number = pieces.number
  GROUP BY pieces.place, local_hour
)
SELECT
  site_id,
  lpad(CAST(available.local_hour AS varchar), 2, '0') AS period,
  round(coalesce(sessions, 0) / 1e6, 2) AS sessions,
  round(coalesce(energy, 0) / 1e6, 3) AS energy_kwh,
  round(coalesce(occupied, 0) / 6e4, 1) AS occupied_minutes,
  round(coalesce(occupied_open, 0) / CAST(nullif(available, 0) AS double), 4) AS utilisation_ratio,
  row_number() OVER (PARTITION BY site_id ORDER BY coalesce(occupied, 0) DESC, available.local_hour) AS peak_rank
FROM available
JOIN places ON places.place = available.place
LEFT JOIN used ON used.place = available.place AND used.local_hour = available.local_hour
`,
    user_behaviour: `
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
`,
    utilisation: `
-- How much of the time that cars could have charged at a site they did: in all, and by local month ('2026-03').
--
--   utilisation_ratio = occupied connector-minutes / available connector-minutes, always within 0..1
--
-- Occupied: while a connector is taken; sessions that overlap on one connector count once; only opening hours count.
-- Available: with a sites.csv its connectors (never fewer than were seen) in its opening hours, from the site's first
-- session on; without one each connector from its own first session on, round the clock. Both until the last end
-- that the operator has reported.
--
-- Counted hour by hour, as in usage_by_hour.sql, in whole milliseconds since 1970.
WITH read AS (
  SELECT
    site_id,
    operator,
    charger_id,
    -- a charger whose source doesn't tell its connectors apart is one connector
    coalesce(connector_id, '') AS connector_id,
    time_zone,
    date_diff('millisecond', TIMESTAMP '1970-01-01 00:00:00 UTC', started_at) AS started,
    date_diff('millisecond', TIMESTAMP '1970-01-01 00:00:00 UTC', ended_at) AS ended
  FROM charging_sessions
),
connectors AS (
  SELECT
    row_number() OVER (ORDER BY site_id, operator, charger_id, connector_id) AS number,
    site_id,
    operator,
    charger_id,
    connector_id,
    max(time_zone) AS time_zone,
    min(started) AS first_start,
    max(ended) AS last_end
  FROM read
  GROUP BY site_id, operator, charger_id, connector_id
),
-- the figures of an operator's sites are known until the last end that it has reported
known AS (
  SELECT site_id, time_zone, first_start, max(last_end) OVER (PARTITION BY operator) AS data_end
  FROM connectors
),
places AS (
  SELECT
    row_number() OVER (ORDER BY known.site_id) AS place,
    known.site_id,
    coalesce(max(sites.time_zone), max(known.time_zone)) AS time_zone,
    min(known.first_start) AS first_start,
    max(known.data_end) AS data_end,
    -- what sites.csv says, though never fewer than were seen; NULL without it
    CASE WHEN count(sites.site_id) > 0 THEN greatest(max(sites.connectors), count(*)) END AS declared,
    coalesce(max(sites.opens_at), '00:00') AS opens_at,
    coalesce(max(sites.closes_at), '24:00') AS closes_at
  FROM known
  LEFT JOIN sites ON sites.site_id = known.site_id
  GROUP BY known.site_id
),
-- a zone's hours begin with those of UTC, or so many milliseconds apart, as in India
zones AS (
  SELECT
    time_zone,
    minute(at_timezone(TIMESTAMP '2020-01-01 00:00:00 UTC', time_zone)) * 60000 AS shift,
    min(first_start) AS first_start,
    max(data_end) AS data_end
  FROM places
  GROUP BY time_zone
),
calendar AS (
  SELECT
    time_zone,
    shift,
    day * 24 + of_day AS hour_number,
    CAST(
      at_timezone(
        date_add('millisecond', (day * 24 + of_day) * 3600000 - shift, TIMESTAMP '1970-01-01 00:00:00 UTC'),
        time_zone
      ) AS timestamp(6)
    ) AS local_time
  FROM zones
  CROSS JOIN UNNEST(sequence((first_start + shift) / 86400000, (data_end + shift) / 86400000)) AS days (day)
  CROSS JOIN UNNEST(sequence(0, 23)) AS hours (of_day)
),
-- the hours that a site has been known for, and when in them it is open
hours AS (
  SELECT
    place,
    hour_number,
    date_trunc('month', local_time) AS local_month,
    declared,
    first_start,
    data_end,
    hour_number * 3600000 - shift AS begins,
    hour_number * 3600000 - shift + 60000 * greatest(
      0, CAST(substr(opens_at, 1, 2) AS integer) * 60 + CAST(substr(opens_at, 4, 2) AS integer) - hour(local_time) * 60
    ) AS opens,
    hour_number * 3600000 - shift + 60000 * least(
      60, CAST(substr(closes_at, 1, 2) AS integer) * 60 + CAST(substr(closes_at, 4, 2) AS integer) - hour(local_time) * 60
    ) AS closes
  FROM places
  JOIN calendar
    ON calendar.time_zone = places.time_zone
    AND hour_number BETWEEN (first_start + shift) / 3600000 AND (data_end - 1 + shift) / 3600000
),
-- connectors that nobody declared are there as soon as they are seen
arrivals AS (
  SELECT
    place,
    (known.first_start + shift) / 3600000 AS hour_number,
    count(*) AS arrived,
    sum(known.first_start) AS arrived_at
  FROM known
  JOIN places ON places.site_id = known.site_id
  JOIN zones ON zones.time_zone = places.time_zone
  GROUP BY place, (known.first_start + shift) / 3600000
),
counted AS (
  SELECT
    hours.place,
    local_month,
    declared,
    greatest(opens, first_start) AS opens,
    least(closes, data_end) AS closes,
    begins,
    coalesce(arrived, 0) AS arrived,
    coalesce(arrived_at, 0) AS arrived_at,
    sum(coalesce(arrived, 0)) OVER (PARTITION BY hours.place ORDER BY hours.hour_number) AS seen
  FROM hours
  LEFT JOIN arrivals ON arrivals.place = hours.place AND arrivals.hour_number = hours.hour_number
),
available AS (
  SELECT
    place,
    local_month,
    sum(
      CASE
        WHEN declared IS NOT NULL THEN declared * greatest(0, closes - opens)
        ELSE (seen - arrived) * (closes - begins) + arrived * closes - arrived_at
      END
    ) AS available
  FROM counted
  GROUP BY place, local_month
),
taken AS (
  SELECT
    connectors.site_id,
    read.started,
    read.ended,
    -- until then the connector was taken by others
    coalesce(
      max(read.ended) OVER (
        PARTITION BY connectors.number ORDER BY read.started ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
      ),
      0
    ) AS taken_until
  FROM read
  JOIN connectors
    ON connectors.site_id = read.site_id
    AND connectors.operator = read.operator
    AND connectors.charger_id = read.charger_id
    AND connectors.connector_id = read.connector_id
),
-- each session once for each hour that it reaches into
pieces AS (
  SELECT place, greatest(started, taken_until) AS taken_from, ended, number
  FROM taken
  JOIN places ON places.site_id = taken.site_id
  JOIN zones ON zones.time_zone = places.time_zone
  CROSS JOIN UNNEST(sequence((greatest(started, taken_until) + shift) / 3600000, (ended - 1 + shift) / 3600000)) AS numbers (number)
  WHERE ended > greatest(started, taken_until)
),
used AS (
  SELECT
    pieces.place,
    local_month,
    sum(greatest(0, least(ended, closes) - greatest(taken_from, opens))) AS occupied
  FROM pieces
  JOIN hours ON hours.place = pieces.place AND hours.hour_number = pieces.number
  GROUP BY pieces.place, local_month
),
periods AS (
  SELECT
    available.place,
    available.local_month,
    coalesce(occupied, 0) AS occupied,
    available
  FROM available
  LEFT JOIN used ON used.place = available.place AND used.local_month = available.local_month
),
totals AS (
  SELECT place, date_format(local_month, '%Y-%m') AS period, occupied, available
  FROM periods
  UNION ALL
  SELECT place, 'all' AS period, sum(occupied) AS occupied, sum(available) AS available
  FROM periods
  GROUP BY place
)
SELECT
  site_id,
  period,
  round(occupied / 6e4, 1) AS occupied_minutes,
  round(available / 6e4, 1) AS available_minutes,
  round(occupied / CAST(nullif(available, 0) AS double), 4) AS utilisation_ratio
FROM totals
JOIN places ON places.place = totals.place
`,
  },
  checks: {},
  named: {},
} as const satisfies Queries;
