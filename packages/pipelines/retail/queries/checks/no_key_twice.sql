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
