"""What becomes of a row that the table has already, over several runs of one lake."""

from decimal import Decimal

from lake import Lake, csv
from small_job import BOTH, HEADER

LATER = "2026-02-01T00:00:00.000Z"
COUNTS = ("inserted", "updated", "unchanged", "superseded", "rows")


def counts(report: dict[str, dict[str, dict[str, int]]]) -> tuple[int, ...]:
    return tuple(report["datasets"]["readings"][name] for name in COUNTS)


def test_rows_are_inserted_updated_unchanged_or_superseded(lake: Lake) -> None:
    first = lake.run(lake.put("1.csv", csv("a,solid,1,,1,", "b,solid,2,,5,", "c,solid,3,,1,")))
    assert counts(first) == (3, 0, 0, 0, 3)
    one = first["run_id"]

    # a has a new version, b an older one than the table, c is as it was, d is new.
    content = csv("a,liquid,1.5,,2,", "b,solid,9,,4,", "c,solid,3,,1,", "d,solid,4,,1,")
    second = lake.run(lake.put("2.csv", content, LATER))
    assert counts(second) == (1, 1, 1, 1, 4)
    two = second["run_id"]
    after = [
        ("a", "liquid", Decimal("1.50"), 2, two, "raw/2.csv", 2),
        ("b", "solid", Decimal("2.00"), 5, one, "raw/1.csv", 3),
        ("c", "solid", Decimal("3.00"), 1, one, "raw/1.csv", 4),
        ("d", "solid", Decimal("4.00"), 1, two, "raw/2.csv", 5),
    ]
    columns = ("id", "kind", "amount", "version", "_run_id", "_source_file", "_line")
    assert lake.rows(*columns) == after

    # The first file once more: what has moved on is superseded, the rest unchanged; main is left alone.
    snapshots = lake.snapshots()
    third = lake.run(lake.put("1.csv", csv("a,solid,1,,1,", "b,solid,2,,5,", "c,solid,3,,1,")))
    assert counts(third) == (0, 0, 2, 1, 4)
    assert lake.rows(*columns) == after
    assert lake.snapshots() == snapshots
    assert third["datasets"]["readings"]["snapshot_id"] == second["datasets"]["readings"]["snapshot_id"]
    assert lake.refs() == ["main"]


def test_an_equal_version_is_decided_by_the_files_time(lake: Lake) -> None:
    lake.run(lake.put("1.csv", csv("a,solid,1,,1,", "b,solid,1,,1,"), "2026-01-02T00:00:00.000Z"))
    earlier = lake.run(lake.put("9.csv", csv("a,solid,2,,1,"), "2026-01-01T00:00:00.000Z"))
    assert counts(earlier) == (0, 0, 0, 1, 2)
    later = lake.run(lake.put("0.csv", csv("b,solid,3,,1,"), "2026-01-03T00:00:00.000Z"))
    assert counts(later) == (0, 1, 0, 0, 2)
    assert lake.rows("id", "amount") == [("a", Decimal(1)), ("b", Decimal(3))]


def test_each_dataset_has_its_own_counts(lake: Lake) -> None:
    places = lake.put("places.csv", csv("n,North", "s,", header='"Place","Long Name"'))
    report = lake.run(lake.put("readings.csv", csv("a,solid,1,,1,")), places, job=BOTH)
    found = {name: (each["read"], each["inserted"]) for name, each in report["datasets"].items()}
    assert found == {"readings": (1, 1), "places": (2, 2)}
    assert lake.rows("place", "name", dataset="places") == [("n", "North"), ("s", None)]


def test_a_run_without_rows_publishes_and_changes_nothing(lake: Lake) -> None:
    before = lake.run(lake.put("a.csv", csv("a,solid,1,,1,")))
    snapshots = lake.snapshots()
    after = lake.run(lake.put("b.csv", HEADER))
    assert (after["outcome"], after["gates"]) == ("published", [])
    assert counts(after) == (0, 0, 0, 0, 1)
    name = "snapshot_id"
    assert after["datasets"]["readings"][name] == before["datasets"]["readings"][name]
    assert lake.snapshots() == snapshots
