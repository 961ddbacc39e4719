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
