"""What tests are given, a pipeline's own too: one Spark session, and lakes with a database each in it."""

from collections.abc import Callable, Iterator
from itertools import count

import pytest
from lake import Lake
from penstock_runtime.contract import Job
from pyspark.sql import SparkSession
from small_job import SMALL
from small_spark import small_spark

_DATABASES = count(1)


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkSession]:
    scratch = tmp_path_factory.mktemp("spark")
    session = (
        small_spark(scratch / "warehouse", memory_mb=3072)
        .config("spark.local.dir", str(scratch / "local"))
        .config("spark.sql.warehouse.dir", str(scratch / "spark-warehouse"))
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
