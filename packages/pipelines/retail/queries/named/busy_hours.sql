-- When people order: orders by weekday (1 is Monday) and hour, in UTC, and what they are worth on average.
SELECT
  day_of_week("date") AS weekday,
  hour(order_timestamp) AS hour_of_day,
  count(*) AS orders,
  round(avg(CAST(total_amount AS double)), 2) AS average_amount
FROM orders
GROUP BY day_of_week("date"), hour(order_timestamp)
ORDER BY weekday, hour_of_day
