-- The project's own format. A time says its offset (Z, +01:00): a bare one could be any hour, so it is unparsable. The
-- first case is what nearly all times look like; Spark reads one without an offset, as UTC, much faster.
SELECT
  nullif(trim(`session_id`), '') AS session_id,
  nullif(trim(`operator`), '') AS operator,
  nullif(trim(`site_id`), '') AS site_id,
  nullif(trim(`site_name`), '') AS site_name,
  nullif(trim(`charger_id`), '') AS charger_id,
  nullif(trim(`charger_model`), '') AS charger_model,
  nullif(trim(`connector_id`), '') AS connector_id,
  nullif(trim(`connector_type`), '') AS connector_type,
  CASE
    WHEN `started_at` RLIKE '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$'
      THEN try_cast(left(`started_at`, 19) AS timestamp)
    WHEN trim(`started_at`) RLIKE '^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:.*(Z|[+-][0-9]{2}:?[0-9]{2})$'
      THEN try_cast(trim(`started_at`) AS timestamp)
  END AS started_at,
  CASE
    WHEN `ended_at` RLIKE '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$'
      THEN try_cast(left(`ended_at`, 19) AS timestamp)
    WHEN trim(`ended_at`) RLIKE '^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:.*(Z|[+-][0-9]{2}:?[0-9]{2})$'
      THEN try_cast(trim(`ended_at`) AS timestamp)
  END AS ended_at,
  nullif(trim(`time_zone`), '') AS time_zone,
  try_cast(trim(`energy_kwh`) AS decimal(10, 3)) AS energy_kwh,
  nullif(trim(`user_id`), '') AS user_id
FROM raw
