-- What the operator says about its sites; optional.
SELECT
  nullif(trim(`site_id`), '') AS site_id,
  nullif(trim(`site_name`), '') AS site_name,
  nullif(trim(`time_zone`), '') AS time_zone,
  try_cast(trim(`connectors`) AS int) AS connectors,
  nullif(trim(`opens_at`), '') AS opens_at,
  nullif(trim(`closes_at`), '') AS closes_at
FROM raw
