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
    greatest(
      date_diff('millisecond', TIMESTAMP '1970-01-01 00:00:00 UTC', ended_at),
      date_diff('millisecond', TIMESTAMP '1970-01-01 00:00:00 UTC', started_at) + 1
    ) AS ended
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
    -- in minutes of the local day
    coalesce(max(CAST(substr(opens_at, 1, 2) AS integer) * 60 + CAST(substr(opens_at, 4, 2) AS integer)), 0) AS opening,
    coalesce(max(CAST(substr(closes_at, 1, 2) AS integer) * 60 + CAST(substr(closes_at, 4, 2) AS integer)), 1440)
      AS closing
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
    hour_number * 3600000 - shift + 60000 * greatest(0, opening - 60 * hour(local_time)) AS opens,
    hour_number * 3600000 - shift + 60000 * least(60, closing - 60 * hour(local_time)) AS closes
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
    sum(coalesce(arrived, 0)) OVER (
      PARTITION BY hours.place ORDER BY hours.hour_number ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS seen
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
`,
    utilisation: `
-- How much of the time that cars could have charged at a site they did: in all, and by local month ('2026-03').
--
--   utilisation_ratio = occupied connector-minutes / available connector-minutes, always within 0 and 1
--
-- Occupied: a connector is taken, in opening hours; sessions that overlap on one connector count once.
-- Available: with a sites.csv, its connectors (never fewer than were seen) in opening hours, from the site's first
-- session on; without one, each connector from its own first session on, round the clock. Both until the last end
-- that the operator has reported.
--
-- Counted day by day in whole milliseconds since 1970; local midnights and opening hours are found by the zone.
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
    -- in minutes of the local day
    coalesce(max(CAST(substr(opens_at, 1, 2) AS integer) * 60 + CAST(substr(opens_at, 4, 2) AS integer)), 0) AS opening,
    coalesce(max(CAST(substr(closes_at, 1, 2) AS integer) * 60 + CAST(substr(closes_at, 4, 2) AS integer)), 1440)
      AS closing
  FROM known
  LEFT JOIN sites ON sites.site_id = known.site_id
  GROUP BY known.site_id
),
-- the local days of each zone, from the day before the first to two days after the last
days AS (
  SELECT
    time_zone,
    day,
    date_add('day', day, TIMESTAMP '1970-01-01 00:00:00') AS midnight
  FROM (
    SELECT time_zone, min(first_start) AS first_start, max(data_end) AS data_end
    FROM places
    GROUP BY time_zone
  ) AS spans
  CROSS JOIN UNNEST(sequence(first_start / 86400000 - 1, data_end / 86400000 + 2)) AS numbers (day)
),
beginnings AS (
  SELECT
    time_zone,
    day,
    midnight,
    date_diff('millisecond', TIMESTAMP '1970-01-01 00:00:00 UTC', with_timezone(midnight, time_zone)) AS begins
  FROM days
),
-- how far a zone's clocks have been ahead of UTC, at least and at most
zones AS (
  SELECT time_zone, min(day * 86400000 - begins) AS least_ahead, max(day * 86400000 - begins) AS most_ahead
  FROM beginnings
  GROUP BY time_zone
),
opening_hours AS (
  SELECT
    place,
    day,
    date_trunc('month', midnight) AS local_month,
    CASE
      WHEN opening = 0 THEN begins
      ELSE date_diff(
        'millisecond',
        TIMESTAMP '1970-01-01 00:00:00 UTC',
        with_timezone(date_add('minute', opening, midnight), places.time_zone)
      )
    END AS opens,
    CASE
      WHEN closing = 1440 THEN lead(begins, 1, begins) OVER (PARTITION BY place ORDER BY day)
      ELSE date_diff(
        'millisecond',
        TIMESTAMP '1970-01-01 00:00:00 UTC',
        with_timezone(date_add('minute', closing, midnight), places.time_zone)
      )
    END AS closes
  FROM places
  JOIN beginnings ON beginnings.time_zone = places.time_zone
),
-- connectors and since when they are there: those declared from the first session, others as they are seen
stock AS (
  SELECT place, declared AS connectors, first_start, data_end
  FROM places
  WHERE declared IS NOT NULL
  UNION ALL
  SELECT place, 1 AS connectors, known.first_start, places.data_end
  FROM known
  JOIN places ON places.site_id = known.site_id
  WHERE declared IS NULL
),
available AS (
  SELECT
    stock.place,
    local_month,
    sum(connectors * greatest(0, least(closes, data_end) - greatest(opens, first_start))) AS available
  FROM stock
  JOIN opening_hours ON opening_hours.place = stock.place
  GROUP BY stock.place, local_month
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
-- each session once for each local day that it may reach into
pieces AS (
  SELECT place, greatest(started, taken_until) AS taken_from, ended, day
  FROM taken
  JOIN places ON places.site_id = taken.site_id
  JOIN zones ON zones.time_zone = places.time_zone
  CROSS JOIN UNNEST(
    sequence((greatest(started, taken_until) + least_ahead) / 86400000, (ended + most_ahead) / 86400000)
  ) AS days (day)
  WHERE ended > greatest(started, taken_until)
),
occupied AS (
  SELECT
    pieces.place,
    local_month,
    sum(greatest(0, least(ended, closes) - greatest(taken_from, opens))) AS occupied
  FROM pieces
  JOIN opening_hours ON opening_hours.place = pieces.place AND opening_hours.day = pieces.day
  GROUP BY pieces.place, local_month
),
months AS (
  SELECT available.place, available.local_month, coalesce(occupied, 0) AS occupied, available
  FROM available
  LEFT JOIN occupied ON occupied.place = available.place AND occupied.local_month = available.local_month
  -- a month in which the site was not there yet, or always shut, has no ratio
  WHERE available > 0
),
periods AS (
  SELECT place, date_format(local_month, '%Y-%m') AS period, occupied, available
  FROM months
  UNION ALL
  SELECT place, 'all' AS period, sum(occupied) AS occupied, sum(available) AS available
  FROM months
  GROUP BY place
)
SELECT
  site_id,
  period,
  round(occupied / 6e4, 1) AS occupied_minutes,
  round(available / 6e4, 1) AS available_minutes,
  round(occupied / CAST(available AS double), 4) AS utilisation_ratio
FROM periods
JOIN places ON places.place = periods.place
`,
  },
  checks: {
    counts_agree_with_ledger: `
-- Every table has as many rows as the ledger says, in all and from this run.
SELECT *
FROM (
  SELECT
    'charging_sessions' AS table_name,
    count(*) AS found,
    \${charging_sessions.rows} AS expected,
    count_if(_run_id = '\${run_id}') AS found_of_run,
    \${charging_sessions.inserted} + \${charging_sessions.updated} AS expected_of_run
  FROM charging_sessions
  UNION ALL
  SELECT
    'sites' AS table_name,
    count(*) AS found,
    \${sites.rows} AS expected,
    count_if(_run_id = '\${run_id}') AS found_of_run,
    \${sites.inserted} + \${sites.updated} AS expected_of_run
  FROM sites
) AS counts
WHERE found <> expected OR found_of_run <> expected_of_run
`,
    no_key_twice: `
-- No session and no site is there twice.
SELECT operator, session_id AS id, count(*) AS times
FROM charging_sessions
GROUP BY operator, session_id
HAVING count(*) > 1
UNION ALL
SELECT 'any' AS operator, site_id AS id, count(*) AS times
FROM sites
GROUP BY site_id
HAVING count(*) > 1
`,
    no_session_ends_before_it_starts: `
SELECT operator, session_id, started_at, ended_at
FROM charging_sessions
WHERE ended_at < started_at
`,
    utilisation_between_0_and_1: `
-- pipeline.ts puts the metric's own query in.
SELECT *
FROM (
\${metrics.utilisation}
) AS utilisation
WHERE utilisation_ratio < 0 OR utilisation_ratio > 1 OR occupied_minutes > available_minutes
`,
  },
  named: {
    busiest_sites: {
      sql: `
-- Sites by the energy they delivered, with sessions, connectors and energy per connector and day.
SELECT
  site_id,
  max(site_name) AS site_name,
  count(*) AS sessions,
  sum(energy_kwh) AS energy_kwh,
  count(DISTINCT charger_id || '/' || coalesce(connector_id, '')) AS connectors,
  round(
    CAST(sum(energy_kwh) AS double)
      / count(DISTINCT charger_id || '/' || coalesce(connector_id, ''))
      / (date_diff('day', min(started_at), max(ended_at)) + 1),
    2
  ) AS kwh_per_connector_day
FROM charging_sessions
GROUP BY site_id
ORDER BY energy_kwh DESC, site_id
`,
      description:
        "Sites by the energy they delivered, with sessions, connectors and energy per connector and day.",
    },
    charger_models: {
      sql: `
-- Charger models compared: sessions, median length, energy, and the share of sessions that brought nothing.
SELECT
  coalesce(charger_model, 'unknown') AS charger_model,
  count(DISTINCT charger_id) AS chargers,
  count(*) AS sessions,
  round(approx_percentile(date_diff('second', started_at, ended_at) / 60e0, 0.5), 1) AS median_minutes,
  round(avg(CAST(energy_kwh AS double)), 2) AS average_kwh,
  round(CAST(count_if(energy_kwh < 0.1) AS double) / count(*), 4) AS share_without_energy
FROM charging_sessions
GROUP BY coalesce(charger_model, 'unknown')
ORDER BY sessions DESC, charger_model
`,
      description:
        "Charger models compared: sessions, median length, energy, and the share of sessions that brought nothing.",
    },
    connectors_blocked: {
      sql: `
-- Sessions that held a connector for four hours or more and drew less than 2 kW on average: parked, hardly charging.
SELECT
  site_id,
  charger_id,
  connector_id,
  started_at,
  round(date_diff('second', started_at, ended_at) / 3600e0, 1) AS hours,
  energy_kwh,
  round(CAST(energy_kwh AS double) / (date_diff('second', started_at, ended_at) / 3600e0), 2) AS average_kw
FROM charging_sessions
WHERE
  date_diff('second', started_at, ended_at) >= 14400
  AND CAST(energy_kwh AS double) / (date_diff('second', started_at, ended_at) / 3600e0) < 2
ORDER BY hours DESC, site_id, charger_id, started_at
LIMIT 100
`,
      description:
        "Sessions that held a connector for four hours or more and drew less than 2 kW on average: parked, hardly charging.",
    },
    connectors_gone_quiet: {
      sql: `
-- Connectors that had no session in the last week that their operator reported: broken, blocked or unloved.
WITH connectors AS (
  SELECT
    operator,
    site_id,
    charger_id,
    connector_id,
    count(*) AS sessions,
    max(ended_at) AS last_used
  FROM charging_sessions
  GROUP BY operator, site_id, charger_id, connector_id
),
compared AS (
  SELECT
    operator,
    site_id,
    charger_id,
    connector_id,
    sessions,
    last_used,
    max(last_used) OVER (PARTITION BY operator) AS reported_until
  FROM connectors
)
SELECT
  operator,
  site_id,
  charger_id,
  connector_id,
  sessions,
  last_used,
  date_diff('day', last_used, reported_until) AS days_quiet
FROM compared
WHERE date_diff('day', last_used, reported_until) >= 7
ORDER BY days_quiet DESC, operator, site_id, charger_id, connector_id
`,
      description:
        "Connectors that had no session in the last week that their operator reported: broken, blocked or unloved.",
    },
    energy_by_month: {
      sql: `
-- Sessions, energy and drivers of each operator by local month.
SELECT
  operator,
  date_format(at_timezone(started_at, time_zone), '%Y-%m') AS month,
  count(*) AS sessions,
  sum(energy_kwh) AS energy_kwh,
  count(DISTINCT user_id) AS drivers
FROM charging_sessions
GROUP BY operator, date_format(at_timezone(started_at, time_zone), '%Y-%m')
ORDER BY operator, month
`,
      description: "Sessions, energy and drivers of each operator by local month.",
    },
    new_and_returning_drivers: {
      sql: `
-- Drivers by month: those seen for the first time, and those who came back; pseudonyms only.
WITH first_months AS (
  SELECT user_id, date_trunc('month', min(started_at)) AS first_month
  FROM charging_sessions
  WHERE user_id IS NOT NULL
  GROUP BY user_id
),
months AS (
  SELECT DISTINCT user_id, date_trunc('month', started_at) AS month
  FROM charging_sessions
  WHERE user_id IS NOT NULL
)
SELECT
  date_format(months.month, '%Y-%m') AS month,
  count(*) AS drivers,
  count_if(months.month = first_months.first_month) AS new_drivers,
  count_if(months.month > first_months.first_month) AS returning_drivers
FROM months
JOIN first_months ON first_months.user_id = months.user_id
GROUP BY date_format(months.month, '%Y-%m')
ORDER BY month
`,
      description:
        "Drivers by month: those seen for the first time, and those who came back; pseudonyms only.",
    },
    week_at_a_glance: {
      sql: `
-- When people plug in: sessions by local weekday (1 is Monday) and hour, over all sites.
SELECT
  day_of_week(at_timezone(started_at, time_zone)) AS weekday,
  hour(at_timezone(started_at, time_zone)) AS hour_of_day,
  count(*) AS sessions,
  round(avg(CAST(energy_kwh AS double)), 2) AS average_kwh
FROM charging_sessions
GROUP BY day_of_week(at_timezone(started_at, time_zone)), hour(at_timezone(started_at, time_zone))
ORDER BY weekday, hour_of_day
`,
      description: "When people plug in: sessions by local weekday (1 is Monday) and hour, over all sites.",
    },
  },
} as const satisfies Queries;
