-- UCI Online Retail (doi:10.24432/C5BW33): a stock code is a product, in whichever case it is written. There is a row
-- for each line; of one product all but the newest count as duplicates. Only sales name a product: the remarks of
-- stock adjustments, such as "damaged", don't. A line without a name doesn't take one away, so it has no updated_at.
-- What is no sale, and why, is in the pipeline's README; it is said here as in orders.sql and order_items.sql.
WITH read AS (
  SELECT
    _file AS file,
    nullif(upper(trim(`InvoiceNo`)), '') AS order_id,
    nullif(upper(trim(`StockCode`)), '') AS product_id,
    nullif(regexp_replace(trim(`Description`), ' +', ' '), '') AS product_name,
    try_cast(trim(`Quantity`) AS int) AS quantity,
    try_to_timestamp(trim(`InvoiceDate`), 'yyyy-MM-dd HH:mm:ss') AS invoiced_local,
    try_cast(trim(`UnitPrice`) AS decimal(18, 6)) AS unit_price,
    nullif(trim(`CustomerID`), '') AS user_id
  FROM raw
),
invoices AS (
  SELECT
    *,
    min(invoiced_local) OVER (PARTITION BY file, order_id) AS ordered_local,
    max(unit_price) OVER (PARTITION BY file, order_id) AS highest_price
  FROM read
),
judged AS (
  SELECT
    *,
    CASE
      WHEN order_id LIKE 'C%' THEN 'cancellation'
      WHEN NOT order_id RLIKE '^[0-9]+$' THEN 'bookkeeping entry'
      WHEN quantity <= 0 THEN 'stock adjustment'
      WHEN unit_price < 0 THEN 'negative price'
      WHEN unit_price = 0 AND user_id IS NULL AND highest_price = 0 THEN 'stock adjustment'
    END AS no_sale
  FROM invoices
)
SELECT
  product_id,
  product_name,
  CASE WHEN product_name IS NOT NULL THEN to_utc_timestamp(ordered_local, 'Europe/London') END AS updated_at,
  array(
    no_sale,
    CASE WHEN quantity IS NULL THEN 'Quantity: no whole number' END,
    CASE WHEN unit_price IS NULL THEN 'UnitPrice: no number' END
  ) AS _problems
FROM judged
