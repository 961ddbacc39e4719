-- Drivers by month: those seen for the first time, and those who came back; pseudonyms only.
WITH first_months AS (
  SELECT user_id, date_trunc('month', min(started_at)) AS first_month
  FROM charging_sessions
  WHERE user_id IS NOT NULL
  GROUP BY user_id
),
months AS (
  SELECT DISTINCT user_id, date_trunc('month', started_at) AS month
  FROM charging_sessions
  WHERE user_id IS NOT NULL
)
SELECT
  date_format(months.month, '%Y-%m') AS month,
  count(*) AS drivers,
  count_if(months.month = first_months.first_month) AS new_drivers,
  count_if(months.month > first_months.first_month) AS returning_drivers
FROM months
JOIN first_months ON first_months.user_id = months.user_id
GROUP BY date_format(months.month, '%Y-%m')
ORDER BY month
