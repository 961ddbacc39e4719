"""Real Spark as the writer of tables that `runAthena` reads.

Reads one JSON request on standard input: {"jars": [...], "warehouse": dir, "statements": [Spark SQL, ...]}.
"""

import json
import os
import sys

from pyspark.sql import SparkSession

EXTENSIONS = (
    "io.delta.sql.DeltaSparkSessionExtension,"
    "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions"
)


def main() -> None:
    request = json.load(sys.stdin)
    spark = session(request["jars"], request["warehouse"])
    try:
        for statement in request["statements"]:
            spark.sql(statement)
    finally:
        spark.stop()


def session(jars: list[str], warehouse: str) -> SparkSession:
    os.environ["PYSPARK_PYTHON"] = sys.executable
    return (
        SparkSession.builder.master("local[1]")
        .config("spark.driver.extraClassPath", os.pathsep.join(jars))
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.extraJavaOptions", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "1")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.extensions", EXTENSIONS)
        .config("spark.sql.catalogImplementation", "in-memory")
        .config("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
        .config("spark.databricks.delta.snapshotPartitions", "1")
        .config("spark.sql.catalog.glue_catalog", "org.apache.iceberg.spark.SparkCatalog")
        .config("spark.sql.catalog.glue_catalog.type", "hadoop")
        .config("spark.sql.catalog.glue_catalog.cache-enabled", "false")
        .config("spark.sql.catalog.glue_catalog.warehouse", warehouse)
        .getOrCreate()
    )


if __name__ == "__main__":
    main()
