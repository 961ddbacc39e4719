"""Maintenance changes how tables are stored, and nothing that a query or a rollback sees."""

import os
from pathlib import Path
from typing import Any

from lake import Lake, csv

MAINTAIN: dict[str, Any] = {"work": {"kind": "maintain"}}
MUCH_LATER = "20990101T000000Z-abcdef"


def data_files(lake: Lake, table: str = "readings") -> int:
    return lake.spark.table(lake.table(table) + ".files").count()


def test_many_small_files_become_one(lake: Lake) -> None:
    for number in range(6):
        lake.run(lake.put(f"{number}.csv", csv(f"{number},solid,1,,1,", f"{number}x,solid,,,1,")))
    rows = lake.rows("id", "_run_id", "_source_file", "_line", "_row_hash")
    assert data_files(lake) == 6
    report = lake.run(**MAINTAIN)
    assert data_files(lake) == 1
    assert lake.rows("id", "_run_id", "_source_file", "_line", "_row_hash") == rows
    assert report["datasets"]["readings"]["rows"] == 6
    assert lake.run(lake.put("7.csv", csv("0,solid,2,,2,")))["datasets"]["readings"]["updated"] == 1


def test_nothing_to_do_on_an_empty_lake(lake: Lake) -> None:
    assert lake.run(**MAINTAIN)["outcome"] == "published"


def test_old_snapshots_go_but_those_kept_for_a_rollback(lake: Lake) -> None:
    runs = [lake.run(lake.put(f"{n}.csv", csv(f"{n},solid,1,,1,"))) for n in range(4)]
    ids = [run["datasets"]["readings"]["snapshot_id"] for run in runs]
    lake.run(run_id=MUCH_LATER, keep={"readings": [ids[1]]}, **MAINTAIN)
    left = {
        str(row[0]) for row in lake.spark.table(lake.table() + ".snapshots").select("snapshot_id").collect()
    }
    assert left == {ids[1], ids[3]}
    lake.run(work={"kind": "rollback", "dataset": "readings", "to": "x", "snapshot_id": ids[1]})
    assert [row[0] for row in lake.rows("id")] == ["0", "1"]


def test_the_branch_of_a_broken_gate_can_be_looked_at_for_a_while(lake: Lake) -> None:
    lake.run(lake.put("1.csv", csv("a,solid,1,,1,")))
    failed = lake.run(lake.put("2.csv", csv("b,solid,100,,1,", "c,solid,100,,1,")))
    assert failed["outcome"] == "gate_failed"
    lake.run(**MAINTAIN)
    assert len(lake.refs()) == 2
    lake.run(run_id=MUCH_LATER, **MAINTAIN)
    assert lake.refs() == ["main"]


def test_debris_and_old_cleaned_rows_go(lake: Lake) -> None:
    lake.run(lake.put("1.csv", csv("a,solid,1,,1,")))
    [file] = [row[0] for row in lake.spark.table(lake.table() + ".files").select("file_path").collect()]
    debris = Path(file.removeprefix("file:")).with_name("debris.parquet")
    debris.write_bytes(b"left behind by a killed run")
    fresh = debris.with_name("fresh.parquet")
    fresh.write_bytes(b"perhaps of a run that goes on")
    os.utime(debris, (0, 0))
    cleaned = lake.folder / "cleaned" / "readings"
    assert [each.name for each in cleaned.iterdir()] == [f"run={lake._runs[0]}"]
    lake.run(run_id=MUCH_LATER, **MAINTAIN)
    assert not debris.exists()
    assert fresh.exists()
    assert list(cleaned.iterdir()) == []
    assert [row[0] for row in lake.rows("id")] == ["a"]


def test_what_is_no_run_s_among_the_cleaned_rows_stays(lake: Lake) -> None:
    old = "run=20200101T000000Z-abcdef"
    others = ["notes", f"{old}.bak", old.removeprefix("run="), old.replace("0101", "9999")]
    cleaned = lake.folder / "cleaned" / "readings"
    for name in [old, *others]:
        (cleaned / name).mkdir(parents=True)
        (cleaned / name / "file").touch()
    lake.run(**MAINTAIN)
    assert sorted(each.name for each in cleaned.iterdir()) == sorted(others)
    assert all((cleaned / name / "file").exists() for name in others)
