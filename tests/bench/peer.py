"""The named peer: a hand-written PySpark job that only reads the CSV with a schema, drops what is malformed, and
writes one Iceberg table with the same partitions. No line numbers, no quarantine, no duplicates, no diff, no
gates, no ledger."""

import argparse

from pyspark.sql import SparkSession

parser = argparse.ArgumentParser()
parser.add_argument("--input", required=True)
parser.add_argument("--table", required=True)
arguments, _ = parser.parse_known_args()

spark = SparkSession.builder.getOrCreate()
sessions = spark.read.csv(
    arguments.input,
    header=True,
    mode="DROPMALFORMED",
    schema="""
      session_id string, operator string, site_id string, site_name string, charger_id string,
      charger_model string, connector_id string, connector_type string, started_at timestamp,
      ended_at timestamp, time_zone string, energy_kwh decimal(10, 3), user_id string
    """,
)
sessions.createOrReplaceTempView("sessions")
spark.sql(f"DROP TABLE IF EXISTS glue_catalog.{arguments.table}")
spark.sql(
    f"CREATE TABLE glue_catalog.{arguments.table} USING iceberg PARTITIONED BY (months(started_at)) AS SELECT * FROM sessions"
)
