"""What tests are given, a pipeline's own too: one Spark session, lakes with a database each in it, an S3."""

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import boto3
import pytest
from lake import Lake
from moto import mock_aws
from penstock_runtime import objects
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


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A client of an S3 that has the bucket `lake` and nothing in it."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    objects._s3.cache_clear()
    with mock_aws():
        client = boto3.client("s3")
        client.create_bucket(Bucket="lake")
        yield client
    objects._s3.cache_clear()
