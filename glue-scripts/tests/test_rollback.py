"""A table as an earlier run left it, and forward again."""

from typing import Any

from lake import Lake, csv

LATER = "2026-02-01T00:00:00.000Z"


def back_to(snapshot_id: str | None) -> dict[str, Any]:
    return {"kind": "rollback", "dataset": "readings", "to": "whichever", "snapshot_id": snapshot_id}


def test_the_table_is_as_it_was_and_goes_on_from_there(lake: Lake) -> None:
    first = lake.run(lake.put("1.csv", csv("a,solid,1,,1,", "b,solid,2,,1,", "c,solid,,,1,")))
    bad = lake.put("2.csv", csv("a,solid,9,,2,", "c,solid,3,,1,", "d,solid,4,,1,"), LATER)
    lake.run(bad)
    assert [row["resolved_by"] for row in lake.quarantined()] == [lake._runs[1]]

    snapshot_id = first["datasets"]["readings"]["snapshot_id"]
    for _ in range(2):  # done twice, it does no more
        report = lake.run(work=back_to(snapshot_id), undone=[lake._runs[1]])
        assert report["datasets"]["readings"]["snapshot_id"] == snapshot_id
        assert report["datasets"]["readings"]["rows"] == 2
        assert lake.rows("id", "amount") == [("a", 1), ("b", 2)]
        # what the bad file completed waits again
        assert [row["resolved_by"] for row in lake.quarantined()] == [None]

    report = lake.run(bad)
    assert report["datasets"]["readings"]["inserted"] == 2
    assert report["datasets"]["readings"]["updated"] == 1
    assert lake.rows("id", "amount") == [("a", 9), ("b", 2), ("c", 3), ("d", 4)]


def test_back_to_before_the_first_rows(lake: Lake) -> None:
    file = lake.put("1.csv", csv("a,solid,1,,1,"))
    lake.run(file)
    report = lake.run(work=back_to(None), undone=lake._runs[:1])
    assert report["datasets"]["readings"]["rows"] == 0
    assert lake.rows("id") == []
    assert lake.run(file)["datasets"]["readings"]["inserted"] == 1


def test_back_on_a_table_that_was_never_written(lake: Lake) -> None:
    assert lake.run(work=back_to(None))["datasets"]["readings"]["rows"] == 0
