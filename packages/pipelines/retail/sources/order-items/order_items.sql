-- The project's own format. A time without an offset is UTC, as its date is: the two have to agree. The first case is
-- what nearly all times look like; Spark reads it much faster. Who exports a column with gaps from a table of floats
-- writes 7.0 for 7.
SELECT
  nullif(trim(`id`), '') AS id,
  nullif(trim(`order_id`), '') AS order_id,
  nullif(trim(`user_id`), '') AS user_id,
  try_cast(regexp_replace(trim(`days_since_prior_order`), '[.]0+$', '') AS int) AS days_since_prior_order,
  nullif(trim(`product_id`), '') AS product_id,
  try_cast(trim(`add_to_cart_order`) AS int) AS add_to_cart_order,
  try_cast(trim(`reordered`) AS boolean) AS reordered,
  CASE
    WHEN `order_timestamp` RLIKE '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$'
      THEN try_cast(left(`order_timestamp`, 19) AS timestamp)
    WHEN trim(`order_timestamp`) RLIKE '^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:'
      THEN try_cast(trim(`order_timestamp`) AS timestamp)
  END AS order_timestamp,
  CASE
    WHEN trim(`date`) RLIKE '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' THEN try_cast(trim(`date`) AS date)
  END AS date
FROM raw
