-- How many days pass until a customer orders again: how often each number of days occurs, and its running share.
WITH days AS (
  SELECT
    date_diff('day', lag("date") OVER (PARTITION BY user_id ORDER BY order_timestamp, order_id), "date") AS days
  FROM orders
  WHERE user_id IS NOT NULL
)
SELECT
  days,
  count(*) AS orders,
  round(CAST(sum(count(*)) OVER (ORDER BY days) AS double) / sum(count(*)) OVER (), 4) AS share_until_then
FROM days
WHERE days IS NOT NULL
GROUP BY days
ORDER BY days
