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
