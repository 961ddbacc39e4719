-- What the processing of readings found, one object a line.
SELECT
  nullif(trim(`site_id`), '') AS site_id,
  CASE
    WHEN `timestamp` RLIKE '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$'
      THEN try_cast(left(`timestamp`, 19) AS timestamp)
  END AS `timestamp`,
  try_cast(trim(`anomaly`) AS boolean) AS anomaly,
  nullif(trim(`reasons`), '') AS reasons,
  CASE
    WHEN `assessed_at` RLIKE '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[.][0-9]{3}Z$'
      THEN try_cast(left(`assessed_at`, 23) AS timestamp)
  END AS assessed_at
FROM raw
