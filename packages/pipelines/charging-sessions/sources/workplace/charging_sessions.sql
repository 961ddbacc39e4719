-- Workplace chargers (Asensio et al., doi:10.7910/DVN/QF1PMO). sessionId is the publisher's own id, unique in it.
-- Years are written 0014 and 0015 and mean 2014 and 2015. The publisher gives no zone: the clock on the wall is
-- taken for UTC. A station has one connector; its type is not said.
SELECT
  nullif(trim(`sessionId`), '') AS session_id,
  'workplace' AS operator,
  nullif(trim(`locationId`), '') AS site_id,
  nullif(trim(`stationId`), '') AS charger_id,
  try_to_timestamp(regexp_replace(trim(`created`), '^00', '20'), 'yyyy-MM-dd HH:mm:ss') AS started_at,
  try_to_timestamp(regexp_replace(trim(`ended`), '^00', '20'), 'yyyy-MM-dd HH:mm:ss') AS ended_at,
  'UTC' AS time_zone,
  try_cast(trim(`kwhTotal`) AS decimal(10, 3)) AS energy_kwh,
  nullif(trim(`userId`), '') AS user_id,
  nullif(
    concat_ws(
      '; ',
      CASE WHEN trim(`created`) RLIKE '^00' THEN 'started_at: century added' END,
      CASE WHEN trim(`ended`) RLIKE '^00' THEN 'ended_at: century added' END
    ),
    ''
  ) AS repaired
FROM raw
