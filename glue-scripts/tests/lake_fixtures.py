"""What tests are given, a pipeline's own too: one Spark session, and lakes with a database each in it."""

import os
import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from lake import Lake
from penstock_runtime.contract import Job
from pyspark.sql import SparkSession
from small_job import SMALL

_JARS = Path(__file__).parents[2] / ".toolchain" / "jars"
_DATABASES = count(1)


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkSession]:
    os.environ["PYSPARK_PYTHON"] = sys.executable
    scratch = tmp_path_factory.mktemp("spark")
    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.driver.extraClassPath", os.pathsep.join(sorted(map(str, _JARS.glob("*.jar")))))
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config(
            "spark.driver.extraJavaOptions",
            # In Spark's usual gigabyte a tenth of the work of so many tests is collecting garbage.
            "-XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=240m -XX:+UseSerialGC -Xmn1g",
        )
        .config("spark.driver.memory", "3g")
        .config("spark.local.dir", str(scratch / "local"))
        .config("spark.sql.warehouse.dir", str(scratch / "spark-warehouse"))
        .config("spark.ui.enabled", "false")
        .config("spark.buffer.pageSize", "2m")
        .config("spark.broadcast.blockSize", "256k")
        .config("spark.broadcast.compress", "false")
        .config("spark.sql.shuffle.partitions", "1")
        .config("spark.sql.codegen.cache.maxEntries", "1000")
        .config("spark.hadoop.fs.file.impl", "com.globalmentor.apache.hadoop.fs.BareLocalFileSystem")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.catalogImplementation", "in-memory")
        .config(
            "spark.sql.extensions",
            "io.delta.sql.DeltaSparkSessionExtension,"
            "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions",
        )
        .config("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
        .config("spark.databricks.delta.snapshotPartitions", "1")
        .config("spark.sql.sources.parallelPartitionDiscovery.parallelism", "4")
        .config("spark.sql.catalog.glue_catalog", "org.apache.iceberg.spark.SparkCatalog")
        .config("spark.sql.catalog.glue_catalog.type", "hadoop")
        .config("spark.sql.catalog.glue_catalog.cache-enabled", "false")
        .config("spark.sql.catalog.glue_catalog.warehouse", str(scratch / "warehouse"))
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


@pytest.fixture(scope="session")
def new_lake(spark: SparkSession, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Lake]:
    """Makes an empty lake, for runs of a job when it is given one."""

    def make(job: Job = SMALL) -> Lake:
        return Lake(spark, tmp_path_factory.mktemp("lake"), f"tests_{next(_DATABASES)}", job)

    return make


@pytest.fixture
def lake(new_lake: Callable[..., Lake]) -> Lake:
    return new_lake()
