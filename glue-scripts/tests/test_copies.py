"""Copies of objects, and the URLs of the files that Spark wrote."""

from pathlib import Path
from typing import Any

import pytest
from penstock_runtime import objects


def test_objects_are_copied_within_s3(s3: Any) -> None:
    names = ["a b.parquet", "c.parquet"]
    for name in names:
        s3.put_object(Bucket="lake", Key=f"warehouse/{name}", Body=name.encode())
    objects.copy([f"s3://lake/warehouse/{name}" for name in names], "s3://lake/cleaned/run=1")
    found = s3.list_objects_v2(Bucket="lake", Prefix="cleaned/")["Contents"]
    assert [each["Key"] for each in found] == [f"cleaned/run=1/{name}" for name in names]
    assert objects.read("s3://lake/cleaned/run=1/a b.parquet") == b"a b.parquet"


@pytest.mark.parametrize("path", ["/a#b/c d?/e%2Ff.parquet", "/plain.parquet"])
def test_a_file_s_url_comes_back_from_what_spark_calls_it(path: str) -> None:
    url = Path(path).as_uri()
    for spelled in (objects.spark_path(url), path, f"file://{path}"):
        assert objects.url_of(spelled) == url
    assert objects.url_of("s3://lake/a#b/c%2Fd") == "s3://lake/a#b/c%2Fd"
