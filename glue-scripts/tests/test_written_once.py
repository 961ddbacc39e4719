"""The rows of a large input are written once, to the run's branch, and are its cleaned rows too."""

from pathlib import Path
from typing import Any

import pytest
from kill_story import Killed, Story, Undisturbed, dying, killed_on_and_on, undisturbed
from lake import Lake, csv
from penstock_runtime import iceberg, kept, objects
from small_job import SMALL

COUNTS = ("inserted", "updated", "unchanged", "superseded", "duplicates", "rows")
FIRST = csv("a,solid,1,,1,", "b,solid,2,,5,")
NEW = csv("c,solid,3,,1,", "d,gas,4,,1,", "e,solid,5,,1,ann")


@pytest.fixture(autouse=True)
def _every_input_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_LITTLE", 0)


def _counts(report: dict[str, Any]) -> tuple[int, ...]:
    return tuple(report["datasets"]["readings"][name] for name in COUNTS)


def _cleaned(lake: Lake, report: dict[str, Any]) -> list[Path]:
    return sorted((lake.folder / "cleaned" / "readings" / f"run={report['run_id']}").glob("*.parquet"))


def _cleaned_ids(lake: Lake, report: dict[str, Any]) -> list[str]:
    rows = lake.spark.read.parquet(*map(str, _cleaned(lake, report))).select("id").collect()
    return sorted(row["id"] for row in rows)


def _data(lake: Lake, report: dict[str, Any]) -> list[Path]:
    """The table's files with rows of the run."""
    sql = f"SELECT DISTINCT _file FROM {lake.table()} WHERE _run_id = '{report['run_id']}'"
    return [Path(row[0].removeprefix("file:")) for row in lake.spark.sql(sql).collect()]


def test_new_rows_are_written_but_once(lake: Lake) -> None:
    for content, counts in ((FIRST, (2, 0, 0, 0, 0, 2)), (NEW, (2, 0, 0, 0, 0, 4))):
        report = lake.run(lake.put(f"{counts[-1]}.csv", content))
        assert _counts(report) == counts
        found = sorted(_data(lake, report), key=lambda path: path.name)
        assert [each.name for each in _cleaned(lake, report)] == [each.name for each in found]
        assert all(one.samefile(other) for one, other in zip(_cleaned(lake, report), found, strict=True))
    assert lake.rows("id") == [("a",), ("b",), ("c",), ("e",)]
    assert lake.refs() == ["main"]
    assert [row["reasons"] for row in lake.quarantined()] == [["kind: not one of solid, liquid"]]


def test_what_is_not_all_new_is_merged_as_ever(lake: Lake) -> None:
    lake.run(lake.put("1.csv", FIRST))
    mixed = csv("a,liquid,1.5,,2,", "b,solid,9,,4,", "d,solid,4,,1,", "d,solid,5,,2,")
    report = lake.run(lake.put("2.csv", mixed, "2026-02-01T00:00:00.000Z"))
    assert _counts(report) == (1, 1, 0, 1, 1, 3)
    assert [(row[0], float(row[1])) for row in lake.rows("id", "amount")] == [("a", 1.5), ("b", 2), ("d", 5)]
    assert _cleaned_ids(lake, report) == ["a", "b", "d"]
    again = lake.run(lake.put("3.csv", mixed))
    assert _counts(again)[-1] == 3
    assert lake.refs() == ["main"]


def test_new_rows_twice_in_one_input_are_written_again_without_the_older(lake: Lake) -> None:
    report = lake.run(lake.put("1.csv", csv("a,solid,1,,1,", "a,solid,2,,2,", "b,solid,3,,1,")))
    assert _counts(report) == (2, 0, 0, 0, 1, 2)
    assert [(row[0], float(row[1])) for row in lake.rows("id", "amount")] == [("a", 2), ("b", 3)]
    assert _cleaned_ids(lake, report) == ["a", "b"]
    assert lake.refs() == ["main"]


def test_without_a_good_row_nothing_is_written(lake: Lake) -> None:
    lake.run(lake.put("1.csv", FIRST))
    report = lake.run(lake.put("2.csv", csv("c,gas,1,,1,", "d,gas,1,,1,")))
    assert (report["outcome"], _counts(report)) == ("published", (0, 0, 0, 0, 0, 2))
    assert len(lake.quarantined()) == 2
    assert lake.refs() == ["main"]


def test_a_broken_gate_leaves_them_on_the_branch(lake: Lake) -> None:
    lake.run(lake.put("1.csv", FIRST))
    report = lake.run(lake.put("2.csv", csv("c,solid,99,,1,")))
    assert report["outcome"] == "gate_failed"
    assert lake.rows("id") == [("a",), ("b",)]
    assert lake.rows("id", branch=iceberg.branch_of(report["run_id"])) == [("a",), ("b",), ("c",)]


@pytest.fixture
def new_rows(lake: Lake) -> Undisturbed:
    before = lake.run(lake.put("1.csv", FIRST))
    return undisturbed(Story(lake, SMALL, before, [lake.put("2.csv", NEW)]))


def test_killed_before_every_step(new_rows: Undisturbed) -> None:
    killed_on_and_on(new_rows, new_rows.steps)


@pytest.mark.parametrize("what", ["_append", "copy"])
def test_killed_within_the_writing(new_rows: Undisturbed, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    """Once the branch has the rows and the cleaned folder has none; once either has them."""
    module: Any = iceberg if what == "_append" else objects
    monkeypatch.setattr(module, what, dying(after=getattr(module, what)))
    run_id = new_rows.story.reset()
    with pytest.raises(Killed):
        new_rows.story.run(run_id)
    monkeypatch.undo()
    monkeypatch.setattr(kept, "_LITTLE", 0)
    report = new_rows.story.run(run_id, attempt=2)
    assert new_rows.story.outcome(run_id, report) == new_rows.outcome
