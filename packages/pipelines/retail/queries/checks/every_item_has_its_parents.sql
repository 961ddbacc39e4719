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
