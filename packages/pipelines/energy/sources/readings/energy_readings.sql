-- The project's own format. A time says its offset (Z, +01:00): a bare one could be any hour, so it is unparsable. The
-- first case is what nearly all times look like; Spark reads one without an offset, as UTC, much faster.
WITH read AS (
  SELECT
    nullif(trim(`site_id`), '') AS site_id,
    CASE
      WHEN `timestamp` RLIKE '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$'
        THEN try_cast(left(`timestamp`, 19) AS timestamp)
      WHEN trim(`timestamp`) RLIKE '^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ]([0-9]{2}:){2}[0-9]{2}([.][0-9]{1,6}0*)? *(Z|[+-][0-9]{2}:?[0-9]{2})$'
        THEN try_cast(trim(`timestamp`) AS timestamp)
    END AS read_at,
    try_cast(trim(`energy_generated_kwh`) AS decimal(14, 4)) AS energy_generated_kwh,
    try_cast(trim(`energy_consumed_kwh`) AS decimal(14, 4)) AS energy_consumed_kwh
  FROM raw
)
SELECT
  site_id,
  CASE WHEN year(read_at) BETWEEN 1 AND 9999 THEN read_at END AS `timestamp`,
  energy_generated_kwh,
  energy_consumed_kwh,
  -- a reading that lacks one of the two is refused for that alone
  coalesce(energy_generated_kwh - energy_consumed_kwh, 0) AS net_energy_kwh
FROM read
