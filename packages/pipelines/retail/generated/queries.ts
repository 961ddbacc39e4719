// Generated from packages/pipelines/retail/queries; do not edit.

import type { Queries } from "@penstock/workflows/pipeline.ts";

export const queries = {
  metrics: {},
  checks: {
    counts_agree_with_ledger: `
-- Every table has as many rows as the ledger says, in all and from this run.
SELECT *
FROM (
  SELECT
    'products' AS table_name,
    count(*) AS found,
    \${products.rows} AS expected,
    count_if(_run_id = '\${run_id}') AS found_of_run,
    \${products.inserted} + \${products.updated} AS expected_of_run
  FROM products
  UNION ALL
  SELECT
    'orders' AS table_name,
    count(*) AS found,
    \${orders.rows} AS expected,
    count_if(_run_id = '\${run_id}') AS found_of_run,
    \${orders.inserted} + \${orders.updated} AS expected_of_run
  FROM orders
  UNION ALL
  SELECT
    'order_items' AS table_name,
    count(*) AS found,
    \${order_items.rows} AS expected,
    count_if(_run_id = '\${run_id}') AS found_of_run,
    \${order_items.inserted} + \${order_items.updated} AS expected_of_run
  FROM order_items
) AS counts
WHERE found <> expected OR found_of_run <> expected_of_run
`,
    date_agrees_with_timestamp: `
-- The date that a table is partitioned by is the day of the timestamp.
SELECT 'orders' AS table_name, order_id AS id, "date", order_timestamp
FROM orders
WHERE "date" <> CAST(order_timestamp AS date)
UNION ALL
SELECT 'order_items' AS table_name, id, "date", order_timestamp
FROM order_items
WHERE "date" <> CAST(order_timestamp AS date)
`,
    every_item_has_its_parents: `
-- No item is without its order or its product: orphans wait in quarantine.
SELECT
  order_items.id,
  order_items.order_id,
  order_items.product_id,
  CASE WHEN orders.order_id IS NULL THEN 'no such order' ELSE 'no such product' END AS problem
FROM order_items
LEFT JOIN orders ON orders.order_id = order_items.order_id
LEFT JOIN products ON products.product_id = order_items.product_id
WHERE orders.order_id IS NULL OR products.product_id IS NULL
`,
    no_key_twice: `
-- No product, no order and no item is there twice.
SELECT 'products' AS table_name, product_id AS id, count(*) AS times
FROM products
GROUP BY product_id
HAVING count(*) > 1
UNION ALL
SELECT 'orders' AS table_name, order_id AS id, count(*) AS times
FROM orders
GROUP BY order_id
HAVING count(*) > 1
UNION ALL
SELECT 'order_items' AS table_name, id, count(*) AS times
FROM order_items
GROUP BY id
HAVING count(*) > 1
`,
  },
  named: {
    baskets: {
      sql: `
-- Baskets by how many items they hold: how many there are, their share of all, and what they are worth.
WITH sizes AS (
  SELECT order_id, count(*) AS items
  FROM order_items
  GROUP BY order_id
)
SELECT
  items,
  count(*) AS baskets,
  round(CAST(count(*) AS double) / sum(count(*)) OVER (), 4) AS share_of_baskets,
  sum(total_amount) AS total_amount,
  round(avg(CAST(total_amount AS double)), 2) AS average_amount,
  round(avg(CAST(total_amount AS double)) / items, 2) AS average_amount_per_item
FROM sizes
JOIN orders ON orders.order_id = sizes.order_id
GROUP BY items
ORDER BY items
`,
      description:
        "Baskets by how many items they hold: how many there are, their share of all, and what they are worth.",
    },
    busy_hours: {
      sql: `
-- When people order: orders by weekday (1 is Monday) and hour, in UTC, and what they are worth on average.
SELECT
  day_of_week("date") AS weekday,
  hour(order_timestamp) AS hour_of_day,
  count(*) AS orders,
  round(avg(CAST(total_amount AS double)), 2) AS average_amount
FROM orders
GROUP BY day_of_week("date"), hour(order_timestamp)
ORDER BY weekday, hour_of_day
`,
      description:
        "When people order: orders by weekday (1 is Monday) and hour, in UTC, and what they are worth on average.",
    },
    days_between_orders: {
      sql: `
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
`,
      description:
        "How many days pass until a customer orders again: how often each number of days occurs, and its running share.",
    },
    new_and_returning_customers: {
      sql: `
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
`,
      description:
        "Customers by month: those who ordered for the first time, those who came back, and what both spent; pseudonyms only.",
    },
    order_value_by_day: {
      sql: `
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
`,
      description:
        "Orders, customers and value of each day, and the mean of the seven days with orders up to it.",
    },
    product_pairs: {
      sql: `
-- Products that are bought together: in how many orders, and how much oftener than by chance (lift above 1).
WITH baskets AS (
  SELECT DISTINCT order_id, product_id
  FROM order_items
),
often AS (
  SELECT product_id, count(*) AS orders
  FROM baskets
  GROUP BY product_id
  -- rarer ones have no pairs to speak of, and there are very many of them
  HAVING count(*) >= 5
),
chosen AS (
  SELECT baskets.order_id, baskets.product_id, often.orders
  FROM baskets
  JOIN often ON often.product_id = baskets.product_id
),
total AS (
  SELECT count(DISTINCT order_id) AS orders
  FROM baskets
),
pairs AS (
  SELECT
    a.product_id AS product_a,
    b.product_id AS product_b,
    a.orders AS orders_a,
    b.orders AS orders_b,
    count(*) AS together
  FROM chosen AS a
  JOIN chosen AS b ON b.order_id = a.order_id AND b.product_id > a.product_id
  GROUP BY a.product_id, b.product_id, a.orders, b.orders
  HAVING count(*) >= 3
)
SELECT
  product_a,
  first_products.product_name AS name_a,
  product_b,
  second_products.product_name AS name_b,
  together,
  round(CAST(together AS double) / orders_a, 4) AS share_of_a,
  round(CAST(together AS double) / orders_b, 4) AS share_of_b,
  round(CAST(together AS double) * total.orders / (CAST(orders_a AS double) * orders_b), 2) AS lift
FROM pairs
CROSS JOIN total
JOIN products AS first_products ON first_products.product_id = product_a
JOIN products AS second_products ON second_products.product_id = product_b
ORDER BY together DESC, lift DESC, product_a, product_b
LIMIT 100
`,
      description:
        "Products that are bought together: in how many orders, and how much oftener than by chance (lift above 1).",
    },
    reorder_rate_by_department: {
      sql: `
-- How often what is bought in a department had been bought by the same customer before; where the source says it.
SELECT
  coalesce(department, 'unknown') AS department,
  count(*) AS items,
  count(reordered) AS items_that_say,
  count_if(reordered) AS reordered,
  round(CAST(count_if(reordered) AS double) / nullif(count(reordered), 0), 4) AS reorder_rate
FROM order_items
JOIN products ON products.product_id = order_items.product_id
GROUP BY coalesce(department, 'unknown')
ORDER BY items DESC, department
`,
      description:
        "How often what is bought in a department had been bought by the same customer before; where the source says it.",
    },
    top_products: {
      sql: `
-- The hundred products that are in most orders, with how many customers buy them and how early they are picked.
SELECT
  products.product_id,
  product_name,
  department,
  count(DISTINCT order_id) AS orders,
  count(*) AS items,
  count(DISTINCT user_id) AS customers,
  round(CAST(count_if(reordered) AS double) / nullif(count(reordered), 0), 4) AS reorder_rate,
  round(avg(CAST(add_to_cart_order AS double)), 1) AS average_place_in_basket
FROM order_items
JOIN products ON products.product_id = order_items.product_id
GROUP BY products.product_id, product_name, department
ORDER BY orders DESC, products.product_id
LIMIT 100
`,
      description:
        "The hundred products that are in most orders, with how many customers buy them and how early they are picked.",
    },
  },
} as const satisfies Queries;
