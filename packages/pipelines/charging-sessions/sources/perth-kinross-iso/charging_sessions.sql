-- Public chargers of Perth & Kinross Council (OGL v3), as exported with dates like 2017-08-31T00:00:00 and a row
-- number. Whoever exported them read DD/MM/YYYY month first wherever that gave a date, so 12 August stands there as
-- 2017-12-08: a date has two readings, as written and swapped, unless its day is past 12 or is its month's number.
-- A reading counts when nothing else is possible; the pipeline's README has the evidence. What decides a start:
--   1. the row itself: it has one reading, or only one of the two has an end within 7 days after it;
--   2. the rows around it: `_id` counts from the newest start to the oldest, so it lies between those that 1 decided.
-- An end is the reading within 7 days after the start; its two are 27 days apart or more. Since
-- start and end depend on each other, it has to be said here which of them is missing.
-- All else is as in perth-kinross, the id too: a session has one id, in whichever export it comes.
WITH read AS (
  SELECT
    _file AS file,
    try_cast(trim(`_id`) AS int) AS place,
    nullif(trim(`CP ID`), '') AS charger_id,
    nullif(trim(`Model`), '') AS charger_model,
    nullif(trim(`Connector`), '') AS connector_id,
    nullif(trim(`Site`), '') AS site_name,
    concat(regexp_replace(trim(`Start Date`), 'T00:00:00$', ''), ' ', trim(`Start Time`)) AS started,
    concat(regexp_replace(trim(`End Date`), 'T00:00:00$', ''), ' ', trim(`End Time`)) AS ended,
    try_cast(trim(`Total kWh`) AS decimal(10, 3)) AS energy_kwh
  FROM raw
),
written AS (
  SELECT
    *,
    try_to_timestamp(started, 'yyyy-MM-dd H:mm') AS started_written,
    try_to_timestamp(ended, 'yyyy-MM-dd H:mm') AS ended_written
  FROM read
),
-- a date with one reading has it twice
readings AS (
  SELECT
    *,
    CASE
      WHEN started_written IS NOT NULL
        THEN coalesce(try_to_timestamp(started, 'yyyy-dd-MM H:mm'), started_written)
    END AS started_swapped,
    CASE
      WHEN ended_written IS NOT NULL THEN coalesce(try_to_timestamp(ended, 'yyyy-dd-MM H:mm'), ended_written)
    END AS ended_swapped
  FROM written
),
ends AS (
  SELECT
    *,
    ended_written BETWEEN started_written AND started_written + INTERVAL 7 DAYS
    OR ended_swapped BETWEEN started_written AND started_written + INTERVAL 7 DAYS AS written_ends,
    ended_written BETWEEN started_swapped AND started_swapped + INTERVAL 7 DAYS
    OR ended_swapped BETWEEN started_swapped AND started_swapped + INTERVAL 7 DAYS AS swapped_ends
  FROM readings
),
alone AS (
  SELECT
    *,
    CASE
      WHEN started_written = started_swapped THEN started_written
      WHEN written_ends AND NOT swapped_ends THEN started_written
      WHEN swapped_ends AND NOT written_ends THEN started_swapped
    END AS sure
  FROM ends
),
-- both windows look back, the second from the end: Spark goes through a window that looks ahead once for every row
placed AS (
  SELECT
    *,
    coalesce(min(sure) OVER (PARTITION BY file ORDER BY place), TIMESTAMP '9999-01-01 00:00:00') AS latest,
    coalesce(max(sure) OVER (PARTITION BY file ORDER BY place DESC), TIMESTAMP '0001-01-01 00:00:00') AS earliest
  FROM alone
),
-- the order says nothing in a file where it is broken anywhere
ordered AS (
  SELECT
    *,
    NOT coalesce(max(sure > latest OR place IS NULL) OVER (PARTITION BY file), false) AS is_ordered
  FROM placed
),
decided AS (
  SELECT
    *,
    CASE
      WHEN sure IS NOT NULL THEN sure
      WHEN NOT is_ordered THEN NULL
      WHEN started_written BETWEEN earliest AND latest AND NOT started_swapped BETWEEN earliest AND latest
        THEN started_written
      WHEN started_swapped BETWEEN earliest AND latest AND NOT started_written BETWEEN earliest AND latest
        THEN started_swapped
    END AS started_local
  FROM ordered
),
sessions AS (
  SELECT
    *,
    CASE
      WHEN ended_written = ended_swapped OR started_local IS NULL THEN ended_written
      WHEN ended_written BETWEEN started_local AND started_local + INTERVAL 7 DAYS THEN ended_written
      WHEN ended_swapped BETWEEN started_local AND started_local + INTERVAL 7 DAYS THEN ended_swapped
    END AS ended_local,
    started_local IS NULL AND started_written IS NOT NULL AS is_undecided
  FROM decided
)
SELECT
  CASE
    WHEN NOT is_undecided THEN sha2(
      concat_ws(
        '|', 'perth-kinross', charger_id, coalesce(connector_id, ''), date_format(started_local, 'yyyy-MM-dd HH:mm')
      ),
      256
    )
  END AS session_id,
  'perth-kinross' AS operator,
  trim(BOTH '-' FROM regexp_replace(lower(site_name), '[^a-z0-9]+', '-')) AS site_id,
  site_name,
  charger_id,
  charger_model,
  connector_id,
  to_utc_timestamp(started_local, 'Europe/London') AS started_at,
  to_utc_timestamp(ended_local, 'Europe/London') AS ended_at,
  'Europe/London' AS time_zone,
  energy_kwh,
  nullif(
    concat_ws(
      '; ',
      CASE WHEN started_local <> started_written THEN 'started_at: day and month swapped' END,
      CASE WHEN ended_local <> ended_written THEN 'ended_at: day and month swapped' END
    ),
    ''
  ) AS repaired,
  array(
    CASE
      WHEN coalesce(trim(started), '') = '' THEN 'started_at: missing'
      WHEN is_undecided THEN 'started_at: day and month may be swapped, and neither the end nor the rows around decide'
    END,
    CASE
      WHEN coalesce(trim(ended), '') = '' THEN 'ended_at: missing'
      WHEN ended_local IS NULL AND ended_written IS NOT NULL
        THEN 'ended_at: day and month may be swapped, and neither date is within 7 days after the start'
    END
  ) AS _problems
FROM sessions
