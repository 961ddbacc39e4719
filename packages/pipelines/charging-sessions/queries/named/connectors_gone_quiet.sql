-- Connectors that had no session in the last week that their operator reported: broken, blocked or unloved.
WITH connectors AS (
  SELECT
    operator,
    site_id,
    charger_id,
    connector_id,
    count(*) AS sessions,
    max(ended_at) AS last_used
  FROM charging_sessions
  GROUP BY operator, site_id, charger_id, connector_id
),
compared AS (
  SELECT
    operator,
    site_id,
    charger_id,
    connector_id,
    sessions,
    last_used,
    max(last_used) OVER (PARTITION BY operator) AS reported_until
  FROM connectors
)
SELECT
  operator,
  site_id,
  charger_id,
  connector_id,
  sessions,
  last_used,
  date_diff('day', last_used, reported_until) AS days_quiet
FROM compared
WHERE date_diff('day', last_used, reported_until) >= 7
ORDER BY days_quiet DESC, operator, site_id, charger_id, connector_id
