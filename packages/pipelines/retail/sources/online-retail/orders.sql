-- UCI Online Retail (doi:10.24432/C5BW33): an invoice is an order. There is a row for each of its lines, so that every
-- line is accounted for; they are equal, and all but one count as duplicates. The total is that of the lines that are
-- sales. No zone is given: the shop is in the UK, and its clock is taken for London's.
-- What is no sale, and why, is in the pipeline's README; it is said here as in order_items.sql and products.sql.
WITH read AS (
  SELECT
    _file AS file,
    nullif(upper(trim(`InvoiceNo`)), '') AS order_id,
    try_cast(trim(`Quantity`) AS int) AS quantity,
    try_to_timestamp(trim(`InvoiceDate`), 'yyyy-MM-dd HH:mm:ss') AS invoiced_local,
    try_cast(trim(`UnitPrice`) AS decimal(18, 6)) AS unit_price,
    -- whoever exported the ids took them for floats
    nullif(regexp_replace(trim(`CustomerID`), '[.]0+$', ''), '') AS user_id
  FROM raw
),
invoices AS (
  SELECT
    *,
    min(invoiced_local) OVER (PARTITION BY file, order_id) AS ordered_local,
    max(unit_price) OVER (PARTITION BY file, order_id) AS highest_price,
    sum(CASE WHEN quantity > 0 AND unit_price > 0 THEN quantity * unit_price ELSE 0 END) OVER (
      PARTITION BY file, order_id
    ) AS total_amount,
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
  order_id,
  user_id,
  to_utc_timestamp(ordered_local, 'Europe/London') AS order_timestamp,
  total_amount,
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
