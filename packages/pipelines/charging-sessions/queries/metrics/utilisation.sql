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
