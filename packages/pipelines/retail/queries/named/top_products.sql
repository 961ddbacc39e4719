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
