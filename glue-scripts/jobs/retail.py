"""A shop's orders, their items and its products from CSV files, each item with its parents.

Reads the files of one run, sets aside the rows that break the contract, and publishes the others.

Generated from packages/pipelines/retail; do not edit.
"""

from penstock_runtime.contract import Column, Dataset, ForeignKey, Job, Profile, Rule
from penstock_runtime.run import run

products = Dataset(
    name="products",
    description="What can be bought, one row a product.",
    columns=[
        Column(
            "product_id",
            "string",
            "The shop's id of the product, such as its stock code.",
            required=True,
        ),
        Column("department_id", "string", "The id of the department."),
        Column("department", "string", "The part of the shop that it belongs to."),
        Column("product_name", "string", "What the source calls it; empty where it only gives the id."),
        Column(
            "updated_at",
            "timestamp",
            "When the source last called it that; empty where it doesn't say.",
            at_least="2000-01-01T00:00:00Z",
            at_most="2050-01-01T00:00:00Z",
        ),
    ],
    primary_key=["product_id"],
    newest_by=["updated_at"],
    most_quarantined=0.3,
    table=r"""
        CREATE TABLE IF NOT EXISTS {table} (
          product_id string NOT NULL COMMENT 'The shop\'s id of the product, such as its stock code.',
          department_id string COMMENT 'The id of the department.',
          department string COMMENT 'The part of the shop that it belongs to.',
          product_name string COMMENT 'What the source calls it; empty where it only gives the id.',
          updated_at timestamp COMMENT 'When the source last called it that; empty where it doesn\'t say.',
          _run_id string COMMENT 'The run that wrote this version of the row.',
          _source_file string COMMENT 'The object the row came from, as a key in the lake.',
          _line bigint COMMENT 'The line of that object; its header is line 1.',
          _modified timestamp COMMENT 'When that object was last modified.',
          _row_hash bigint COMMENT 'A hash of the columns of the contract: equal means unchanged.'
        )
        USING delta
        COMMENT 'What can be bought, one row a product.'
        TBLPROPERTIES (
          'delta.enableDeletionVectors' = 'false',
          'delta.logRetentionDuration' = 'interval 3650 days',
          'delta.deletedFileRetentionDuration' = 'interval 3650 days'
        )
    """,
    format="delta",
    ruleset="""
        Rules = [
          IsPrimaryKey "product_id",
          IsComplete "product_id",
          RowCount = 0 where "updated_at < timestamp '2000-01-01T00:00:00Z' or updated_at > timestamp '2050-01-01T00:00:00Z'"
        ]
    """,
)

orders = Dataset(
    name="orders",
    description="An order that somebody placed, one row each.",
    columns=[
        Column("order_id", "string", "The shop's id of the order, such as an invoice number.", required=True),
        Column("order_num", "int", "Which of the customer's orders it is; the first is 1.", at_least="1"),
        Column("user_id", "string", "Who ordered, as a pseudonym.", pseudonymise=True),
        Column(
            "order_timestamp",
            "timestamp",
            "When the order was placed.",
            required=True,
            at_least="2000-01-01T00:00:00Z",
            at_most="2050-01-01T00:00:00Z",
        ),
        Column(
            "total_amount",
            "decimal(14,3)",
            "What the whole order costs, in the shop's currency; to the thousandth, as some prices are.",
            required=True,
            at_least="0",
        ),
        Column("date", "date", "The day of order_timestamp, in UTC.", required=True),
    ],
    primary_key=["order_id"],
    rules=[Rule("date agrees with the timestamp", "`date` = to_date(order_timestamp)")],
    most_quarantined=0.3,
    table=r"""
        CREATE TABLE IF NOT EXISTS {table} (
          order_id string NOT NULL COMMENT 'The shop\'s id of the order, such as an invoice number.',
          order_num int COMMENT 'Which of the customer\'s orders it is; the first is 1.',
          user_id string COMMENT 'Who ordered, as a pseudonym.',
          order_timestamp timestamp NOT NULL COMMENT 'When the order was placed.',
          total_amount decimal(14,3) NOT NULL COMMENT 'What the whole order costs, in the shop\'s currency; to the thousandth, as some prices are.',
          date date NOT NULL COMMENT 'The day of order_timestamp, in UTC.',
          _run_id string COMMENT 'The run that wrote this version of the row.',
          _source_file string COMMENT 'The object the row came from, as a key in the lake.',
          _line bigint COMMENT 'The line of that object; its header is line 1.',
          _modified timestamp COMMENT 'When that object was last modified.',
          _row_hash bigint COMMENT 'A hash of the columns of the contract: equal means unchanged.'
        )
        USING delta
        PARTITIONED BY (date)
        COMMENT 'An order that somebody placed, one row each.'
        TBLPROPERTIES (
          'delta.enableDeletionVectors' = 'false',
          'delta.logRetentionDuration' = 'interval 3650 days',
          'delta.deletedFileRetentionDuration' = 'interval 3650 days'
        )
    """,
    format="delta",
    ruleset="""
        Rules = [
          IsPrimaryKey "order_id",
          IsComplete "order_id",
          ColumnValues "order_num" >= 1 where "order_num is not null",
          IsComplete "order_timestamp",
          RowCount = 0 where "order_timestamp < timestamp '2000-01-01T00:00:00Z' or order_timestamp > timestamp '2050-01-01T00:00:00Z'",
          IsComplete "total_amount",
          ColumnValues "total_amount" >= 0,
          IsComplete "date",
          RowCount = 0 where "not (`date` = to_date(order_timestamp))",
          Mean "total_amount" <= 20000
        ]
    """,
)

order_items = Dataset(
    name="order_items",
    description="A line of an order: one product in one basket.",
    columns=[
        Column("id", "string", "The shop's id of the line, or a hash of what it says.", required=True),
        Column("order_id", "string", "The order that it belongs to.", required=True),
        Column("user_id", "string", "Who ordered, as a pseudonym.", pseudonymise=True),
        Column(
            "days_since_prior_order",
            "int",
            "Days since the customer's order before; a first order has none.",
            at_least="0",
        ),
        Column("product_id", "string", "The product that was bought.", required=True),
        Column(
            "add_to_cart_order",
            "int",
            "In which place it was put into the basket; the first is 1.",
            required=True,
            at_least="1",
        ),
        Column("reordered", "boolean", "Whether the customer had bought the product before."),
        Column(
            "order_timestamp",
            "timestamp",
            "When the order was placed.",
            required=True,
            at_least="2000-01-01T00:00:00Z",
            at_most="2050-01-01T00:00:00Z",
        ),
        Column("date", "date", "The day of order_timestamp, in UTC.", required=True),
    ],
    primary_key=["id"],
    rules=[Rule("date agrees with the timestamp", "`date` = to_date(order_timestamp)")],
    most_quarantined=0.3,
    table=r"""
        CREATE TABLE IF NOT EXISTS {table} (
          id string NOT NULL COMMENT 'The shop\'s id of the line, or a hash of what it says.',
          order_id string NOT NULL COMMENT 'The order that it belongs to.',
          user_id string COMMENT 'Who ordered, as a pseudonym.',
          days_since_prior_order int COMMENT 'Days since the customer\'s order before; a first order has none.',
          product_id string NOT NULL COMMENT 'The product that was bought.',
          add_to_cart_order int NOT NULL COMMENT 'In which place it was put into the basket; the first is 1.',
          reordered boolean COMMENT 'Whether the customer had bought the product before.',
          order_timestamp timestamp NOT NULL COMMENT 'When the order was placed.',
          date date NOT NULL COMMENT 'The day of order_timestamp, in UTC.',
          _run_id string COMMENT 'The run that wrote this version of the row.',
          _source_file string COMMENT 'The object the row came from, as a key in the lake.',
          _line bigint COMMENT 'The line of that object; its header is line 1.',
          _modified timestamp COMMENT 'When that object was last modified.',
          _row_hash bigint COMMENT 'A hash of the columns of the contract: equal means unchanged.'
        )
        USING delta
        PARTITIONED BY (date)
        COMMENT 'A line of an order: one product in one basket.'
        TBLPROPERTIES (
          'delta.enableDeletionVectors' = 'false',
          'delta.logRetentionDuration' = 'interval 3650 days',
          'delta.deletedFileRetentionDuration' = 'interval 3650 days'
        )
    """,
    format="delta",
    foreign_keys=[
        ForeignKey("order_id", "orders", "order_id", report_after="7 days"),
        ForeignKey("product_id", "products", "product_id", report_after="7 days"),
    ],
    ruleset="""
        Rules = [
          IsPrimaryKey "id",
          IsComplete "id",
          IsComplete "order_id",
          ColumnValues "days_since_prior_order" >= 0 where "days_since_prior_order is not null",
          IsComplete "product_id",
          IsComplete "add_to_cart_order",
          ColumnValues "add_to_cart_order" >= 1,
          IsComplete "order_timestamp",
          RowCount = 0 where "order_timestamp < timestamp '2000-01-01T00:00:00Z' or order_timestamp > timestamp '2050-01-01T00:00:00Z'",
          IsComplete "date",
          RowCount = 0 where "not (`date` = to_date(order_timestamp))"
        ]
    """,
)

from_online_retail = Profile(
    name="online-retail",
    header=[
        "InvoiceNo",
        "StockCode",
        "Description",
        "Quantity",
        "InvoiceDate",
        "UnitPrice",
        "CustomerID",
        "Country",
    ],
    sql={
        "order_items": """
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
        """,
        "orders": """
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
        """,
        "products": """
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
        """,
    },
    sources={
        "order_items": {
            "id": [
                "InvoiceNo",
                "StockCode",
                "Description",
                "Quantity",
                "InvoiceDate",
                "UnitPrice",
                "CustomerID",
                "Country",
            ],
            "order_id": ["InvoiceNo"],
            "user_id": ["CustomerID"],
            "product_id": ["StockCode"],
            "add_to_cart_order": ["InvoiceNo"],
            "order_timestamp": ["InvoiceNo", "InvoiceDate"],
            "date": ["InvoiceNo", "InvoiceDate"],
        },
        "orders": {
            "order_id": ["InvoiceNo"],
            "user_id": ["CustomerID"],
            "order_timestamp": ["InvoiceNo", "InvoiceDate"],
            "total_amount": ["InvoiceNo", "Quantity", "UnitPrice"],
            "date": ["InvoiceNo", "InvoiceDate"],
        },
        "products": {"product_id": ["StockCode"], "product_name": ["Description"]},
    },
)

from_order_items = Profile(
    name="order-items",
    header=[
        "id",
        "order_id",
        "user_id",
        "days_since_prior_order",
        "product_id",
        "add_to_cart_order",
        "reordered",
        "order_timestamp",
        "date",
    ],
    sql={
        "order_items": """
            -- The project's own format. A time without an offset is UTC, as its date is: the two have to agree. The first case is
            -- what nearly all times look like; Spark reads it much faster. Who exports a column with gaps from a table of floats
            -- writes 7.0 for 7.
            SELECT
              nullif(trim(`id`), '') AS id,
              nullif(trim(`order_id`), '') AS order_id,
              nullif(trim(`user_id`), '') AS user_id,
              try_cast(regexp_replace(trim(`days_since_prior_order`), '[.]0+$', '') AS int) AS days_since_prior_order,
              nullif(trim(`product_id`), '') AS product_id,
              try_cast(trim(`add_to_cart_order`) AS int) AS add_to_cart_order,
              try_cast(trim(`reordered`) AS boolean) AS reordered,
              CASE
                WHEN `order_timestamp` RLIKE '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$'
                  THEN try_cast(left(`order_timestamp`, 19) AS timestamp)
                WHEN trim(`order_timestamp`) RLIKE '^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:'
                  THEN try_cast(trim(`order_timestamp`) AS timestamp)
              END AS order_timestamp,
              CASE
                WHEN trim(`date`) RLIKE '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' THEN try_cast(trim(`date`) AS date)
              END AS date
            FROM raw
        """,
    },
    sources={
        "order_items": {
            "id": ["id"],
            "order_id": ["order_id"],
            "user_id": ["user_id"],
            "days_since_prior_order": ["days_since_prior_order"],
            "product_id": ["product_id"],
            "add_to_cart_order": ["add_to_cart_order"],
            "reordered": ["reordered"],
            "order_timestamp": ["order_timestamp"],
            "date": ["date"],
        },
    },
    folder="order_items/",
)

from_orders = Profile(
    name="orders",
    header=["order_id", "order_num", "user_id", "order_timestamp", "total_amount", "date"],
    sql={
        "orders": """
            -- The project's own format. A time without an offset is UTC, as its date is: the two have to agree. The first case is
            -- what nearly all times look like; Spark reads it much faster.
            SELECT
              nullif(trim(`order_id`), '') AS order_id,
              try_cast(trim(`order_num`) AS int) AS order_num,
              nullif(trim(`user_id`), '') AS user_id,
              CASE
                WHEN `order_timestamp` RLIKE '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$'
                  THEN try_cast(left(`order_timestamp`, 19) AS timestamp)
                WHEN trim(`order_timestamp`) RLIKE '^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:'
                  THEN try_cast(trim(`order_timestamp`) AS timestamp)
              END AS order_timestamp,
              try_cast(trim(`total_amount`) AS decimal(14, 3)) AS total_amount,
              CASE
                WHEN trim(`date`) RLIKE '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' THEN try_cast(trim(`date`) AS date)
              END AS date
            FROM raw
        """,
    },
    sources={
        "orders": {
            "order_id": ["order_id"],
            "order_num": ["order_num"],
            "user_id": ["user_id"],
            "order_timestamp": ["order_timestamp"],
            "total_amount": ["total_amount"],
            "date": ["date"],
        },
    },
    folder="orders/",
)

from_products = Profile(
    name="products",
    header=["product_id", "department_id", "department", "product_name"],
    sql={
        "products": """
            -- The project's own format. It says nothing of when a product got its name, so of two names the later file's is kept.
            SELECT
              nullif(trim(`product_id`), '') AS product_id,
              nullif(trim(`department_id`), '') AS department_id,
              nullif(trim(`department`), '') AS department,
              nullif(trim(`product_name`), '') AS product_name
            FROM raw
        """,
    },
    sources={
        "products": {
            "product_id": ["product_id"],
            "department_id": ["department_id"],
            "department": ["department"],
            "product_name": ["product_name"],
        },
    },
    folder="products/",
)

if __name__ == "__main__":
    run(
        Job(
            pipeline="retail",
            datasets=[products, orders, order_items],
            profiles=[from_online_retail, from_order_items, from_orders, from_products],
        ),
    )
