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
