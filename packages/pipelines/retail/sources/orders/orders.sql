-- The project's own format. A time without an offset is UTC, as its date is: the two have to agree. The first case is
-- what nearly all times look like; Spark reads it much faster.
SELECT
  nullif(trim(`order_id`), '') AS order_id,
  try_cast(trim(`order_num`) AS int) AS order_num,
  nullif(trim(`user_id`), '') AS user_id,
  CASE
    WHEN `order_timestamp` RLIKE '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$'
      THEN try_cast(left(`order_timestamp`, 19) AS timestamp)
    WHEN trim(`order_timestamp`) RLIKE '^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:'
      THEN try_cast(trim(`order_timestamp`) AS timestamp)
  END AS order_timestamp,
  try_cast(trim(`total_amount`) AS decimal(14, 3)) AS total_amount,
  CASE
    WHEN trim(`date`) RLIKE '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' THEN try_cast(trim(`date`) AS date)
  END AS date
FROM raw
