"""What lies in S3: read by the version that was claimed, where there are versions, else by its ETag."""

import json
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest
from lake import MODIFIED, Lake, csv
from penstock_runtime.arrival import GONE, Arrived, Rejected, arrival, text_of
from penstock_runtime.manifest import InputFile, read_manifest

CLAIMED = csv("r,solid,1,,1,")
SAME_SIZE = csv("r,solid,2,,1,")
KEY = "raw/odd #1?.csv"


def versioned(s3: Any) -> None:
    s3.put_bucket_versioning(Bucket="lake", VersioningConfiguration={"Status": "Enabled"})


def put(s3: Any, content: str = CLAIMED, key: str = KEY) -> InputFile:
    """As plan-run finds it."""
    found = s3.put_object(Bucket="lake", Key=key, Body=content.encode())
    return InputFile(
        key=key,
        url=f"s3://lake/{key}",
        hash="etag:" + found["ETag"].strip('"'),
        size=len(content),
        modified=datetime(2026, 1, 1, tzinfo=timezone.utc),
        version=found.get("VersionId"),
        path=key.removeprefix("raw/"),
    )


def test_the_newest_is_read_as_it_is(s3: Any) -> None:
    versioned(s3)
    file = put(s3)
    found = arrival(file)
    assert isinstance(found, Arrived)
    assert (found.plain, found.mark) == (True, file.hash)


@pytest.mark.parametrize("what", ["replaced", "deleted"])
def test_the_claimed_version_is_read_though_it_is_not_the_newest(lake: Lake, s3: Any, what: str) -> None:
    versioned(s3)
    file = put(s3)
    if what == "replaced":
        put(s3, SAME_SIZE)
    else:
        s3.delete_object(Bucket="lake", Key=KEY)
    found = arrival(file)
    assert isinstance(found, Arrived)
    assert (found.plain, found.mark) == (False, None)
    assert b"".join(text_of(file)).decode() == CLAIMED
    # Spark, which knows nothing of versions, reads a copy.
    report = lake.run({**vars(file), "modified": MODIFIED})
    assert [each["status"] for each in report["files"]] == ["accepted"]
    assert lake.rows("id", "amount", "_source_file", "_line") == [("r", 1, KEY, 2)]


def test_a_version_that_is_gone_for_good_is_said_so(s3: Any) -> None:
    versioned(s3)
    file = put(s3)
    put(s3, SAME_SIZE)
    s3.delete_object(Bucket="lake", Key=KEY, VersionId=file.version)
    found = arrival(file)
    assert isinstance(found, Rejected)
    assert found.reason == GONE


def test_without_versions_another_content_is_rejected_be_it_of_the_same_size(s3: Any) -> None:
    file = put(s3)
    assert file.version is None
    put(s3, SAME_SIZE)
    found = arrival(file)
    assert isinstance(found, Rejected)
    assert found.reason.startswith("its content changed after the run was planned: found ")
    s3.delete_object(Bucket="lake", Key=KEY)
    gone = arrival(file)
    assert isinstance(gone, Rejected)
    assert gone.reason == GONE


def test_the_same_content_put_once_more_is_read_as_it_is(s3: Any) -> None:
    versioned(s3)
    file = put(s3)
    put(s3)
    found = arrival(file)
    assert isinstance(found, Arrived)
    assert found.plain


def test_what_was_put_away_has_a_version_and_an_etag_of_its_own(s3: Any, tmp_path: Path) -> None:
    versioned(s3)
    away = put(s3, CLAIMED, "archive/run=1/odd.csv")
    claimed = {"key": KEY, "hash": "etag:as-it-was-dropped", "version": "gone", "size": away.size}
    file = {**claimed, "lies_at": away.key, "url": away.url, "modified": MODIFIED}
    manifest = tmp_path / "manifest.json"
    manifest.write_text(json.dumps({"run_id": "r", "pipeline": "p", "attempt": 1, "files": [file]}))
    [read] = read_manifest(manifest.as_uri()).files
    found = arrival(read)
    assert isinstance(found, Arrived)
    assert (found.plain, found.mark, found.file.hash) == (True, away.hash, claimed["hash"])
