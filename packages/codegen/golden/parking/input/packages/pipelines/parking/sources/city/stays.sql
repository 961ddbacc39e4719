-- The city writes local times, the day and the hour in two columns.
WITH timed AS (
  SELECT
    *,
    try_to_timestamp(concat_ws(' ', `Arrival Date`, `Arrival Time`), 'dd/MM/yyyy HH:mm') AS arrived,
    try_to_timestamp(Left, 'dd/MM/yyyy HH:mm') AS departed
  FROM raw
)
SELECT
  sha2(concat_ws('|', trim(Space), cast(arrived AS string)), 256) AS stay_id,
  trim(Space) AS space_id,
  CASE WHEN Kind rlike '^S\\d' THEN 'street' WHEN Kind = 'G' THEN 'garage' END AS kind,
  to_utc_timestamp(arrived, 'Europe/Vienna') AS arrived_at,
  to_utc_timestamp(departed, 'Europe/Vienna') AS left_at,
  try_cast(replace(paid, '€', '') AS decimal(8, 2)) AS paid,
  nullif(trim(Plate), '') AS plate
FROM timed
