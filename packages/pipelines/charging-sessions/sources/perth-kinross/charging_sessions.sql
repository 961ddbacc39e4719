-- Public chargers of Perth & Kinross Council (OGL v3), dates as DD/MM/YYYY, local time. There is no id of a session,
-- so it is a hash of operator, charger, connector and local start: never of end or energy, so that an open session
-- can be completed by a later file. `Connector` is a number, not a type. Sites have names only: the id is the name
-- in small letters and hyphens.
WITH read AS (
  SELECT
    nullif(trim(`CP ID`), '') AS charger_id,
    nullif(trim(`Model`), '') AS charger_model,
    nullif(trim(`Connector`), '') AS connector_id,
    nullif(trim(`Site`), '') AS site_name,
    try_to_timestamp(concat(trim(`Start Date`), ' ', trim(`Start Time`)), 'd/M/yyyy H:mm') AS started_local,
    try_to_timestamp(concat(trim(`End Date`), ' ', trim(`End Time`)), 'd/M/yyyy H:mm') AS ended_local,
    try_cast(trim(`Total kWh`) AS decimal(10, 3)) AS energy_kwh
  FROM raw
)
SELECT
  sha2(
    concat_ws(
      '|', 'perth-kinross', charger_id, coalesce(connector_id, ''), date_format(started_local, 'yyyy-MM-dd HH:mm')
    ),
    256
  ) AS session_id,
  'perth-kinross' AS operator,
  trim(BOTH '-' FROM regexp_replace(lower(site_name), '[^a-z0-9]+', '-')) AS site_id,
  site_name,
  charger_id,
  charger_model,
  connector_id,
  to_utc_timestamp(started_local, 'Europe/London') AS started_at,
  to_utc_timestamp(ended_local, 'Europe/London') AS ended_at,
  'Europe/London' AS time_zone,
  energy_kwh
FROM read
