-- A home in Ausgrid's network (CC BY 4.0), half-hours by the clock on the wall in Sydney, each named by its beginning:
-- GC is what it consumed, GG what its panels generated, in kWh. The first column has no name.
-- Every day has 48 half-hours, those on which the clock changes too. In October the hour that is skipped is filled with
-- noughts: no such half-hours were, so they are refused. In April the hour that comes twice has one row for both times,
-- with about twice what its neighbours have: it is the sum, so each time is given half, the second what is left after
-- rounding.
WITH read AS (
  SELECT
    try_to_timestamp(trim(`_1`), 'yyyy-MM-dd HH:mm:ss') AS read_local,
    to_utc_timestamp(try_to_timestamp(trim(`_1`), 'yyyy-MM-dd HH:mm:ss'), 'Australia/Sydney') AS first_at,
    try_cast(trim(`GG`) AS decimal(14, 4)) AS generated,
    try_cast(trim(`GC`) AS decimal(14, 4)) AS consumed
  FROM raw
),
timed AS (
  SELECT
    *,
    from_utc_timestamp(first_at, 'Australia/Sydney') <> read_local AS is_skipped,
    from_utc_timestamp(first_at + INTERVAL 1 HOUR, 'Australia/Sydney') = read_local AS is_twice
  FROM read
),
halves AS (
  SELECT
    is_skipped,
    first_at AS read_at,
    generated AS energy_generated_kwh,
    consumed AS energy_consumed_kwh
  FROM timed
  WHERE NOT coalesce(is_twice, false)
  UNION ALL
  SELECT
    is_skipped,
    first_at AS read_at,
    CAST(generated / 2 AS decimal(14, 4)) AS energy_generated_kwh,
    CAST(consumed / 2 AS decimal(14, 4)) AS energy_consumed_kwh
  FROM timed
  WHERE is_twice
  UNION ALL
  SELECT
    is_skipped,
    first_at + INTERVAL 1 HOUR AS read_at,
    generated - CAST(generated / 2 AS decimal(14, 4)) AS energy_generated_kwh,
    consumed - CAST(consumed / 2 AS decimal(14, 4)) AS energy_consumed_kwh
  FROM timed
  WHERE is_twice
)
SELECT
  'ausgrid-home' AS site_id,
  read_at AS `timestamp`,
  energy_generated_kwh,
  energy_consumed_kwh,
  -- a reading that lacks one of the two is refused for that alone
  coalesce(energy_generated_kwh - energy_consumed_kwh, 0) AS net_energy_kwh,
  array(CASE WHEN is_skipped THEN 'timestamp: in the hour that daylight saving skips' END) AS _problems
FROM halves
