"""A dataset that is kept as Delta: the same run, another format."""

import json
import os
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from lake import Lake, csv
from penstock_runtime import delta
from penstock_runtime.changes import Changes
from penstock_runtime.contract import Job
from pyspark.sql.functions import udf
from small_job import PROFILES, READINGS

_TABLE = """
    CREATE TABLE IF NOT EXISTS {table} (
      id string NOT NULL, kind string, amount decimal(6,2) NOT NULL, seen date, version int NOT NULL,
      person string, _run_id string, _source_file string, _line bigint, _modified timestamp, _row_hash bigint
    ) USING delta PARTITIONED BY (kind) TBLPROPERTIES (
      'delta.enableDeletionVectors' = 'false', 'delta.deletedFileRetentionDuration' = 'interval 3650 days'
    )
"""
DELTA = replace(READINGS, format="delta", table=_TABLE)
JOB = Job("small", [DELTA], PROFILES)
LATER = "2026-02-01T00:00:00.000Z"
COUNTS = ("inserted", "updated", "unchanged", "superseded", "rows")


class Killed(BaseException):
    """`kill -9`: nothing gets to clean up."""


def table(lake: Lake) -> str:
    return lake.delta("readings")


def rows(lake: Lake, *columns: str, version: str | None = None) -> list[tuple[Any, ...]]:
    return lake.delta_rows("readings", *columns, version=version)


def versions(lake: Lake) -> int:
    return lake.delta_versions("readings")


def counts(report: dict[str, Any]) -> tuple[int, ...]:
    return tuple(report["datasets"]["readings"][name] for name in COUNTS)


def test_rows_are_inserted_updated_unchanged_or_superseded(lake: Lake) -> None:
    first = lake.run(lake.put("1.csv", csv("a,solid,1,,1,", "b,solid,2,,5,", "c,solid,3,,1,")), job=JOB)
    assert counts(first) == (3, 0, 0, 0, 3)
    content = csv("a,liquid,1.5,,2,", "b,solid,9,,4,", "c,solid,3,,1,", "d,solid,4,,1,")
    second = lake.run(lake.put("2.csv", content, LATER), job=JOB)
    assert counts(second) == (1, 1, 1, 1, 4)
    one, two = first["run_id"], second["run_id"]
    after = [
        ("a", "liquid", Decimal("1.50"), two),
        ("b", "solid", Decimal("2.00"), one),
        ("c", "solid", Decimal("3.00"), one),
        ("d", "solid", Decimal("4.00"), two),
    ]
    assert rows(lake, "id", "kind", "amount", "_run_id") == after
    # The second file once more writes nothing, not even a version.
    before = versions(lake)
    third = lake.run(lake.put("2.csv", content, LATER), job=JOB)
    assert counts(third) == (0, 0, 3, 1, 4)
    assert versions(lake) == before
    snapshot_ids = [each["datasets"]["readings"]["snapshot_id"] for each in (second, third)]
    assert snapshot_ids[0] == snapshot_ids[1]
    # Time travel is Spark's.
    assert rows(lake, "id", version=first["datasets"]["readings"]["snapshot_id"]) == [("a",), ("b",), ("c",)]


def test_a_broken_gate_publishes_nothing(lake: Lake) -> None:
    lake.run(lake.put("1.csv", csv("a,solid,1,,1,")), job=JOB)
    before = versions(lake)
    failed = lake.run(lake.put("2.csv", csv("b,solid,100,,1,", "c,solid,100,,1,")), job=JOB)
    assert failed["outcome"] == "gate_failed"
    assert versions(lake) == before
    assert failed["datasets"]["readings"]["branch"] is None
    # What would have been published lies in the cleaned rows of the run.
    cleaned = lake.spark.read.parquet(f"{lake.folder}/cleaned/readings/run={failed['run_id']}")
    assert sorted(row["id"] for row in cleaned.collect()) == ["b", "c"]


def test_killed_and_taken_up_again(lake: Lake) -> None:
    lake.run(lake.put("1.csv", csv("a,solid,1,,1,", "b,solid,2,,5,")), job=JOB)
    file = lake.put("2.csv", csv("a,liquid,1.5,,2,", "c,solid,3,,1,"), LATER)
    steps: list[str] = []
    start = str(int(versions(lake)) - 1)
    expected = lake.run(file, job=JOB, at=steps.append)
    after = rows(lake, "id", "kind", "amount")
    assert counts(expected) == (1, 1, 0, 0, 3)
    for step in ("publish readings", "tidy readings"):
        assert step in steps
        lake.spark.sql(f"RESTORE TABLE {table(lake)} TO VERSION AS OF {start}")

        def kill(name: str, at: str = step) -> None:
            if name == at:
                raise Killed

        run_id = lake.next_run_id()
        with pytest.raises(Killed):
            lake.run(file, job=JOB, run_id=run_id, at=kill)
        report = lake.run(file, job=JOB, run_id=run_id, attempt=2)
        assert (counts(report), rows(lake, "id", "kind", "amount")) == (counts(expected), after), step
        # Published once.
        history = lake.spark.sql(f"DESCRIBE HISTORY {table(lake)} LIMIT 2").collect()
        assert [row["userMetadata"] for row in history] == [run_id, None], step


def test_another_writer_between_stage_and_publish_fails_the_run(lake: Lake) -> None:
    lake.run(lake.put("1.csv", csv("a,solid,1,,1,")), job=JOB)
    file = lake.put("2.csv", csv("a,solid,2,,2,", "b,solid,3,,1,"), LATER)

    def foreign(step: str) -> None:
        if step == "publish readings":
            lake.spark.sql(f"DELETE FROM {table(lake)} WHERE id = 'a'")

    run_id = lake.next_run_id()
    with pytest.raises(RuntimeError, match="does another job write to it"):
        lake.run(file, job=JOB, run_id=run_id, at=foreign)
    assert rows(lake, "id") == []
    # Taken up again, the run compares with what is there now.
    assert counts(lake.run(file, job=JOB, run_id=run_id, attempt=2)) == (2, 0, 0, 0, 2)


def test_another_writer_during_the_merge_fails_the_run(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    lake.run(lake.put("1.csv", csv("a,solid,1,,1,", "z,solid,1,,1,")), job=JOB)
    file = lake.put("2.csv", csv("a,solid,2,,2,", "b,solid,3,,1,"), LATER)
    begun, go_on = str(lake.folder / "begun"), str(lake.folder / "go-on")

    # MERGE evaluates what it is to take in after it has looked at the table: then the other writer comes.
    def waits(_: str) -> bool:
        Path(begun).touch()
        until = time.monotonic() + 120
        while not Path(go_on).exists() and time.monotonic() < until:
            time.sleep(0.05)
        return True

    changed = Changes.changed
    slow = udf(waits, "boolean").asNondeterministic()
    # In one partition, so that a core is left for the other writer.
    monkeypatch.setattr(Changes, "changed", lambda changes: changed(changes).coalesce(1).where(slow("id")))
    # In a session of its own, whose commits don't bear the name of the run.
    other = lake.spark.newSession()

    def foreign() -> None:
        while not Path(begun).exists():
            time.sleep(0.05)
        other.sql(f"DELETE FROM {table(lake)} WHERE id = 'a'")
        Path(go_on).touch()

    run_id = lake.next_run_id()
    with ThreadPoolExecutor() as background:
        deleted = background.submit(foreign)
        with pytest.raises(Exception, match=r"io\.delta\.exceptions\.ConcurrentAppendException"):
            lake.run(file, job=JOB, run_id=run_id)
        deleted.result()
    assert rows(lake, "id", "amount") == [("z", 1)]
    # Taken up again, the run compares with what is there now.
    assert counts(lake.run(file, job=JOB, run_id=run_id, attempt=2)) == (2, 0, 0, 0, 3)
    assert rows(lake, "id", "amount") == [("a", 2), ("b", 3), ("z", 1)]


def test_rolled_back_and_forward_again(lake: Lake) -> None:
    first = lake.run(lake.put("1.csv", csv("a,solid,1,,1,", "b,solid,2,,1,")), job=JOB)
    bad = lake.put("2.csv", csv("a,solid,9,,2,", "c,solid,4,,1,"), LATER)
    second = lake.run(bad, job=JOB)
    snapshot_id = first["datasets"]["readings"]["snapshot_id"]
    back = {"kind": "rollback", "dataset": "readings", "to": "x", "snapshot_id": snapshot_id}
    for _ in range(2):
        report = lake.run(work=back, undone=[second["run_id"]], job=JOB)
        assert report["datasets"]["readings"]["rows"] == 2
        assert rows(lake, "id", "amount") == [("a", 1), ("b", 2)]
    # The commit that was restored over is not what the table comes from.
    assert not delta.published(lake.spark, table(lake), second["run_id"])
    assert delta.published(lake.spark, table(lake), first["run_id"])
    assert counts(lake.run(bad, job=JOB))[:2] == (1, 1)
    lake.run(work={**back, "snapshot_id": None}, job=JOB)
    assert rows(lake, "id") == []


def test_maintenance_compacts_and_keeps_what_a_rollback_needs(lake: Lake) -> None:
    reports = [lake.run(lake.put(f"{n}.csv", csv(f"{n},solid,1,,1,")), job=JOB) for n in range(3)]
    ids = [each["datasets"]["readings"]["snapshot_id"] for each in reports]
    before = rows(lake, "id", "_run_id", "_row_hash")
    lake.run(work={"kind": "maintain"}, keep={"readings": ids}, job=JOB)
    detail = lake.spark.sql(f"DESCRIBE DETAIL {table(lake)}").collect()[0]
    assert detail["numFiles"] == 1
    assert rows(lake, "id", "_run_id", "_row_hash") == before
    assert rows(lake, "id", version=ids[0]) == [("0",)]
    assert counts(lake.run(lake.put("0.csv", csv("0,solid,2,,2,")), job=JOB))[:2] == (0, 1)


def test_maintenance_removes_files_that_neither_a_reader_nor_a_rollback_can_want(lake: Lake) -> None:
    contents = [
        csv("a,solid,1,,1,", "b,liquid,1,,1,"),
        csv("a,solid,2,,2,"),
        csv("a,solid,3,,3,"),
        csv("a,solid,4,,4,", "b,liquid,4,,4,"),
    ]
    reports = [lake.run(lake.put(f"{n}.csv", content), job=JOB) for n, content in enumerate(contents)]
    ids = [each["datasets"]["readings"]["snapshot_id"] for each in reports]
    _age(lake, "0", 50)
    files = [_age(lake, version, days) for version, days in zip(ids, (40, 30, 20, 10), strict=True)]
    folder = _folder(lake)
    stray, fresh = folder / "kind=solid" / "stray.parquet", folder / "kind=solid" / "fresh.parquet"
    for each in (stray, fresh):
        each.write_bytes(b"left behind by a killed run")
    os.utime(stray, (0, 0))

    maintain = {"work": {"kind": "maintain"}, "keep": {"readings": [ids[2]]}}
    lake.run(run_id="20990101T000000Z-abcdef", job=JOB, **maintain)
    assert not stray.exists()
    assert fresh.exists()
    # Replaced before the version to be kept was written; that of b is as old, and was replaced after.
    [of_a] = [each for each in files[0] if each.parent.name == "kind=solid"]
    assert not of_a.exists()
    assert rows(lake, "id", "amount", version=ids[2]) == [("a", 3), ("b", 1)]
    assert rows(lake, "id", "amount") == [("a", 4), ("b", 4)]
    back = {"kind": "rollback", "dataset": "readings", "to": "x", "snapshot_id": ids[2]}
    lake.run(work=back, undone=[reports[3]["run_id"]], job=JOB)
    assert rows(lake, "id", "amount") == [("a", 3), ("b", 1)]


def _folder(lake: Lake) -> Path:
    return Path(table(lake).removeprefix("delta.`file:").removesuffix("`"))


def _age(lake: Lake, version: str, days: int) -> list[Path]:
    """Makes a commit as old as that, with the files that it added, which are returned, and removed."""
    then = time.time() - days * 86_400
    commit = _folder(lake) / "_delta_log" / f"{int(version):020}.json"
    actions = [json.loads(line) for line in commit.read_text().splitlines()]
    for action in actions:
        if "remove" in action:
            action["remove"]["deletionTimestamp"] = int(then * 1000)
    commit.write_text("".join(json.dumps(action) + "\n" for action in actions))
    commit.with_name(f".{commit.name}.crc").unlink()
    added = [_folder(lake) / unquote(action["add"]["path"]) for action in actions if "add" in action]
    for each in (commit, *added):
        os.utime(each, (then, then))
    jvm: Any = lake.spark._jvm
    jvm.org.apache.spark.sql.delta.DeltaLog.clearCache()
    return added


def test_what_athena_cannot_read_is_not_written(lake: Lake) -> None:
    lake.run(lake.put("1.csv", csv("a,solid,1,,1,")), job=JOB)
    detail = lake.spark.sql(f"DESCRIBE DETAIL {table(lake)}").collect()[0]
    assert (detail["minReaderVersion"], detail["minWriterVersion"]) == (1, 2)
    assert detail["partitionColumns"] == ["kind"]


def test_a_column_is_gained(lake: Lake) -> None:
    lake.run(lake.put("1.csv", csv("a,solid,1,,1,")), job=JOB)
    from penstock_runtime.contract import Column

    more = replace(DELTA, columns=[*DELTA.columns, Column("note", "string")])
    lake.run(lake.put("2.csv", csv("b,solid,2,,1,")), job=Job("small", [more], PROFILES))
    assert rows(lake, "id", "note") == [("a", None), ("b", None)]
