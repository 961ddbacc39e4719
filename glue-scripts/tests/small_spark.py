"""Real Spark for tests: Iceberg, Delta and Deequ as on Glue, sized to tables of a few rows."""

import os
import sys
from pathlib import Path

from pyspark.sql import SparkSession

_TOOLCHAIN = Path(__file__).parents[2] / ".toolchain"


def small_spark(warehouse: Path | str, memory_mb: int = 1024) -> SparkSession.Builder:
    """`warehouse` is the folder of the Iceberg catalog `glue_catalog`."""
    os.environ["PYSPARK_PYTHON"] = sys.executable
    # The Java that setting up chose; the machine may have none.
    os.environ["JAVA_HOME"] = (_TOOLCHAIN / "java-home").read_text()
    jars = (_TOOLCHAIN / "jars").glob("*.jar")
    iceberg = "org.apache.iceberg.spark"
    java = "-XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=240m -XX:+UseSerialGC"
    # Plans live for a moment: with little room for such, a tenth of many queries is collecting them.
    java += f" -Xmn{memory_mb // 3}m"
    return SparkSession.builder.master("local[2]").config(
        map={
            "spark.driver.extraClassPath": os.pathsep.join(sorted(map(str, jars))),
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.driver.host": "127.0.0.1",
            "spark.driver.extraJavaOptions": java,
            "spark.driver.memory": f"{memory_mb}m",
            "spark.ui.enabled": "false",
            "spark.buffer.pageSize": "2m",
            "spark.broadcast.blockSize": "256k",
            "spark.broadcast.compress": "false",
            "spark.hadoop.fs.file.impl": "com.globalmentor.apache.hadoop.fs.BareLocalFileSystem",
            "spark.sql.shuffle.partitions": "1",
            "spark.sql.codegen.cache.maxEntries": "1000",
            "spark.sql.session.timeZone": "UTC",
            "spark.sql.catalogImplementation": "in-memory",
            "spark.sql.extensions": (
                f"io.delta.sql.DeltaSparkSessionExtension,{iceberg}.extensions.IcebergSparkSessionExtensions"
            ),
            "spark.sql.catalog.spark_catalog": "org.apache.spark.sql.delta.catalog.DeltaCatalog",
            "spark.databricks.delta.snapshotPartitions": "1",
            "spark.sql.sources.parallelPartitionDiscovery.parallelism": "4",
            "spark.sql.catalog.glue_catalog": f"{iceberg}.SparkCatalog",
            "spark.sql.catalog.glue_catalog.type": "hadoop",
            "spark.sql.catalog.glue_catalog.cache-enabled": "false",
            "spark.sql.catalog.glue_catalog.warehouse": str(warehouse),
        }
    )
