-- Customers by month: those who ordered for the first time, those who came back, and what both spent; pseudonyms only.
WITH firsts AS (
  SELECT user_id, date_trunc('month', min("date")) AS first_month
  FROM orders
  WHERE user_id IS NOT NULL
  GROUP BY user_id
),
months AS (
  SELECT user_id, date_trunc('month', "date") AS month, sum(total_amount) AS total_amount
  FROM orders
  WHERE user_id IS NOT NULL
  GROUP BY user_id, date_trunc('month', "date")
)
SELECT
  date_format(month, '%Y-%m') AS month,
  count(*) AS customers,
  count_if(month = first_month) AS new_customers,
  count_if(month > first_month) AS returning_customers,
  sum(CASE WHEN month = first_month THEN total_amount ELSE 0 END) AS spent_by_new,
  sum(CASE WHEN month > first_month THEN total_amount ELSE 0 END) AS spent_by_returning
FROM months
JOIN firsts ON firsts.user_id = months.user_id
GROUP BY date_format(month, '%Y-%m')
ORDER BY month
