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
