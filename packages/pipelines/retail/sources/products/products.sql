-- The project's own format. It says nothing of when a product got its name, so of two names the later file's is kept.
SELECT
  nullif(trim(`product_id`), '') AS product_id,
  nullif(trim(`department_id`), '') AS department_id,
  nullif(trim(`department`), '') AS department,
  nullif(trim(`product_name`), '') AS product_name
FROM raw
