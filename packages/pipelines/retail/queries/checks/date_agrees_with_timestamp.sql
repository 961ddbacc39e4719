-- The date that a table is partitioned by is the day of the timestamp.
SELECT 'orders' AS table_name, order_id AS id, "date", order_timestamp
FROM orders
WHERE "date" <> CAST(order_timestamp AS date)
UNION ALL
SELECT 'order_items' AS table_name, id, "date", order_timestamp
FROM order_items
WHERE "date" <> CAST(order_timestamp AS date)
