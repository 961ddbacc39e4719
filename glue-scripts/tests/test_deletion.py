"""What is to be deleted is gone, or the run says that it is not."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from lake import Lake, csv
from penstock_runtime import objects

RUN = "20200101T000000Z-abcdef"


def keep(s3: Any, keys: str) -> None:
    """Lets nobody delete them."""
    denied = {
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:DeleteObject",
        "Resource": f"arn:aws:s3:::lake/{keys}",
    }
    policy = {"Version": "2012-10-17", "Statement": [denied]}
    s3.put_bucket_policy(Bucket="lake", Policy=json.dumps(policy))


def keep_folder(folder: Path) -> Path:
    """A file in it, which a deletion of the folder does not reach, whoever tries."""
    elsewhere = folder.with_name(f"{folder.name} elsewhere")
    elsewhere.mkdir(parents=True)
    folder.symlink_to(elsewhere)
    file = folder / "part-0.parquet"
    file.write_bytes(b"rows")
    return file


def test_what_s3_does_not_delete_is_named_with_its_reason(s3: Any) -> None:
    for key in ("run=1/a", "run=1/kept-b", "run=1/kept-c", "run=12/d"):
        s3.put_object(Bucket="lake", Key=f"cleaned/{key}", Body=b"rows")
    keep(s3, "cleaned/run=1/kept-*")
    told = "s3://lake/cleaned/run=1/kept-b was not deleted: AccessDenied: Access Denied"
    with pytest.raises(objects.NotDeletedError, match=f"^{re.escape(told)}$"):
        objects.delete_folder("s3://lake/cleaned/run=1")
    left = [each["Key"] for each in s3.list_objects_v2(Bucket="lake")["Contents"]]
    assert left == ["cleaned/run=1/kept-b", "cleaned/run=1/kept-c", "cleaned/run=12/d"]


def test_a_folder_of_files_that_is_not_deleted_is_named_with_its_reason(tmp_path: Path) -> None:
    file = keep_folder(tmp_path / "run=1")
    url = file.parent.as_uri()
    with pytest.raises(objects.NotDeletedError, match=f"^{re.escape(url)} was not deleted: .*symbolic link$"):
        objects.delete_folder(url)
    assert file.exists()


def test_a_folder_that_is_not_there_is_no_error(s3: Any, tmp_path: Path) -> None:
    folder = tmp_path / "run=1"
    (folder / "deep").mkdir(parents=True)
    (folder / "deep" / "file").write_bytes(b"rows")
    for _ in range(2):
        objects.delete_folder(folder.as_uri())
        assert not folder.exists()
    objects.delete_folder("s3://lake/cleaned/run=1")


def test_an_earlier_attempt_s_rows_that_stay_fail_the_run(lake: Lake) -> None:
    run_id = lake.next_run_id()
    keep_folder(lake.folder / "cleaned" / "readings" / f"run={run_id}")
    with pytest.raises(objects.NotDeletedError):
        lake.run(lake.put("unknown.csv", "what\n"), run_id=run_id, attempt=2)


def test_maintenance_does_not_count_what_stays(lake: Lake) -> None:
    keep_folder(lake.folder / "cleaned" / "readings" / f"run={RUN}")
    with pytest.raises(objects.NotDeletedError, match=RUN):
        lake.run(work={"kind": "maintain"})


def test_copies_that_stay_are_logged_and_fail_nothing(lake: Lake, capsys: pytest.CaptureFixture[str]) -> None:
    run_id = lake.next_run_id()
    copies = lake.folder / "runs" / "small" / run_id / "copies"
    keep_folder(copies)
    assert lake.run(lake.put("_a.csv", csv("a,solid,1,,1,")), run_id=run_id)["outcome"] == "published"
    assert lake.rows("id") == [("a",)]
    logged = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    [line] = [line for line in logged if line["step"] == "remove copies"]
    assert (line["event"], line["error"]) == ("failed", "NotDeletedError")
    assert line["why"].startswith(f"{copies.as_uri()}/ was not deleted: ")


def test_copies_that_stay_do_not_hide_what_failed_the_run(lake: Lake) -> None:
    run_id = lake.next_run_id()
    keep_folder(lake.folder / "runs" / "small" / run_id / "copies")

    def at(step: str) -> None:
        if step == "survey":
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        lake.run(lake.put("a.csv", csv("a,solid,1,,1,")), run_id=run_id, at=at)
