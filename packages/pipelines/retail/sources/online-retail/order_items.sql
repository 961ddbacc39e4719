-- UCI Online Retail (doi:10.24432/C5BW33): a line of an invoice is an item. Lines have no id, so it is a hash of what a
-- line says and of which time the file says it: two lines that are equal are two items, and the same file again, or
-- under another name, has the same items.
-- An invoice of which a line can't be read waits as a whole, as its order does.
-- What is no sale, and why, is in the pipeline's README; it is said here as in orders.sql and products.sql.
WITH read AS (
  SELECT
    _file AS file,
    _line AS line,
    nullif(upper(trim(`InvoiceNo`)), '') AS order_id,
    nullif(upper(trim(`StockCode`)), '') AS product_id,
    try_cast(trim(`Quantity`) AS int) AS quantity,
    try_to_timestamp(trim(`InvoiceDate`), 'yyyy-MM-dd HH:mm:ss') AS invoiced_local,
    try_cast(trim(`UnitPrice`) AS decimal(18, 6)) AS unit_price,
    -- whoever exported the ids took them for floats
    nullif(regexp_replace(trim(`CustomerID`), '[.]0+$', ''), '') AS user_id,
    concat_ws(
      '|',
      coalesce(trim(`InvoiceNo`), ''),
      coalesce(trim(`StockCode`), ''),
      coalesce(trim(`Description`), ''),
      coalesce(trim(`Quantity`), ''),
      coalesce(trim(`InvoiceDate`), ''),
      coalesce(trim(`UnitPrice`), ''),
      coalesce(trim(`CustomerID`), ''),
      coalesce(trim(`Country`), '')
    ) AS content
  FROM raw
),
invoices AS (
  SELECT
    *,
    row_number() OVER (PARTITION BY file, order_id, content ORDER BY line) AS occurrence,
    row_number() OVER (PARTITION BY file, order_id ORDER BY line) AS place,
    min(invoiced_local) OVER (PARTITION BY file, order_id) AS ordered_local,
    max(unit_price) OVER (PARTITION BY file, order_id) AS highest_price,
    max(coalesce(quantity > 0, true) AND (quantity IS NULL OR unit_price IS NULL)) OVER (
      PARTITION BY file, order_id
    ) AS is_unclear
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
  sha2(concat(content, '|', occurrence), 256) AS id,
  order_id,
  user_id,
  product_id,
  place AS add_to_cart_order,
  to_utc_timestamp(ordered_local, 'Europe/London') AS order_timestamp,
  to_date(to_utc_timestamp(ordered_local, 'Europe/London')) AS date,
  array(
    no_sale,
    CASE WHEN quantity IS NULL THEN 'Quantity: no whole number' END,
    CASE WHEN unit_price IS NULL THEN 'UnitPrice: no number' END,
    CASE
      WHEN no_sale IS NULL AND is_unclear AND quantity IS NOT NULL AND unit_price IS NOT NULL
        THEN 'another line of the invoice has no quantity or price'
    END
  ) AS _problems
FROM judged
