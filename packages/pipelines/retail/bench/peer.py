"""The named peer of the retail load: a hand-written PySpark job that reads all files with a schema, makes
products, orders and items of their lines, and appends three Delta tables, two of them partitioned by date. No
line numbers, no quarantine, no decisions about what is a sale, no comparison with what is there, no gates, no
ledger."""

import argparse

from pyspark.sql import SparkSession
from pyspark.sql import functions as F

parser = argparse.ArgumentParser()
parser.add_argument("--input", required=True, help="the folder of the files")
parser.add_argument("--out", required=True, help="the folder of the tables")
arguments, _ = parser.parse_known_args()

spark = SparkSession.builder.getOrCreate()
lines = (
    spark.read.csv(
        arguments.input,
        header=True,
        mode="DROPMALFORMED",
        schema="""
          InvoiceNo string, StockCode string, Description string, Quantity int, InvoiceDate timestamp,
          UnitPrice decimal(18, 6), CustomerID string, Country string
        """,
    )
    .withColumn("user_id", F.regexp_replace("CustomerID", r"\.0$", ""))
    .withColumn("date", F.to_date("InvoiceDate"))
)
products = lines.select(
    F.col("StockCode").alias("product_id"), F.col("Description").alias("product_name")
).dropDuplicates(["product_id"])
orders = lines.groupBy(F.col("InvoiceNo").alias("order_id")).agg(
    F.first("user_id").alias("user_id"),
    F.min("InvoiceDate").alias("order_timestamp"),
    F.sum(F.col("Quantity") * F.col("UnitPrice")).alias("total_amount"),
    F.min("date").alias("date"),
)
items = lines.select(
    F.sha2(F.concat_ws("|", *lines.columns), 256).alias("id"),
    F.col("InvoiceNo").alias("order_id"),
    "user_id",
    F.col("StockCode").alias("product_id"),
    F.col("InvoiceDate").alias("order_timestamp"),
    "date",
)
products.write.format("delta").mode("append").save(f"{arguments.out}/products")
orders.write.format("delta").mode("append").partitionBy("date").save(f"{arguments.out}/orders")
items.write.format("delta").mode("append").partitionBy("date").save(f"{arguments.out}/order_items")
