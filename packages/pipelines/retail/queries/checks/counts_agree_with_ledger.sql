-- Every table has as many rows as the ledger says, in all and from this run.
SELECT *
FROM (
  SELECT
    'products' AS table_name,
    count(*) AS found,
    ${products.rows} AS expected,
    count_if(_run_id = '${run_id}') AS found_of_run,
    ${products.inserted} + ${products.updated} AS expected_of_run
  FROM products
  UNION ALL
  SELECT
    'orders' AS table_name,
    count(*) AS found,
    ${orders.rows} AS expected,
    count_if(_run_id = '${run_id}') AS found_of_run,
    ${orders.inserted} + ${orders.updated} AS expected_of_run
  FROM orders
  UNION ALL
  SELECT
    'order_items' AS table_name,
    count(*) AS found,
    ${order_items.rows} AS expected,
    count_if(_run_id = '${run_id}') AS found_of_run,
    ${order_items.inserted} + ${order_items.updated} AS expected_of_run
  FROM order_items
) AS counts
WHERE found <> expected OR found_of_run <> expected_of_run
