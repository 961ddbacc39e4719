-- Orders, customers and value of each day, and the mean of the seven days with orders up to it.
WITH days AS (
  SELECT
    "date",
    count(*) AS orders,
    count(DISTINCT user_id) AS customers,
    sum(total_amount) AS total_amount,
    max(total_amount) AS largest_order
  FROM orders
  GROUP BY "date"
)
SELECT
  "date",
  orders,
  customers,
  total_amount,
  round(CAST(total_amount AS double) / orders, 2) AS average_order,
  largest_order,
  round(
    avg(CAST(total_amount AS double)) OVER (ORDER BY "date" ROWS BETWEEN 6 PRECEDING AND CURRENT ROW),
    2
  ) AS average_of_seven_days
FROM days
ORDER BY "date"
