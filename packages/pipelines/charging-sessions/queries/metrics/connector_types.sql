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
