"""Rows that were set aside: taken in later, put through again, each once, with their history."""

from dataclasses import replace
from typing import Any

from lake import Lake, csv
from penstock_runtime.contract import Job
from small_job import READINGS, SMALL

LATER = "2026-02-01T00:00:00.000Z"


def mended() -> Job:
    """The contract takes a third kind now, and amounts up to 1000."""
    kind, amount = READINGS.columns[1], READINGS.columns[2]
    columns = [
        READINGS.columns[0],
        replace(kind, one_of=["solid", "liquid", "gas"]),
        replace(amount, at_most="1000"),
        *READINGS.columns[3:],
    ]
    ruleset = 'Rules = [IsPrimaryKey "id"]'
    return Job("small", [replace(READINGS, columns=columns, ruleset=ruleset)], SMALL.profiles)


def redrive(**filters: str) -> dict[str, Any]:
    return {"kind": "redrive", "dataset": "readings", **filters}


def history(lake: Lake) -> list[tuple[str, int, str | None, str | None]]:
    """Of each quarantined row: file, line, and which run (1, 2, …) resolved or retried it."""
    number = {run_id: str(at) for at, run_id in enumerate(lake._runs, start=1)}
    return [
        (row["file"], row["line"], number.get(row["resolved_by"]), number.get(row["retried_by"]))
        for row in lake.quarantined()
    ]


def test_a_completed_row_resolves_the_one_that_waited(lake: Lake) -> None:
    lake.run(lake.put("1.csv", csv("a,solid,,,1,", "b,solid,1,,1,")))
    lake.run(lake.put("2.csv", csv("a,solid,5,,2,"), LATER))
    assert lake.rows("id", "amount") == [("a", 5), ("b", 1)]
    assert history(lake) == [("raw/1.csv", 2, "2", None)]


def test_a_completed_row_in_the_same_run_resolves_it_too(lake: Lake) -> None:
    report = lake.run(lake.put("1.csv", csv("a,solid,,,1,", "a,solid,5,,1,")))
    assert report["datasets"]["readings"]["quarantined"] == 1
    assert history(lake) == [("raw/1.csv", 2, "1", None)]


def test_redriven_rows_are_taken_in_once(lake: Lake) -> None:
    lake.run(lake.put("1.csv", csv("a,gas,1,,1,ann", "b,solid,500,,1,", "c,solid,x,,1,", "d,solid,1,,1,")))
    before = {row["line"]: row["first_seen"] for row in lake.quarantined()}
    report = lake.run(job=mended(), work=redrive())
    counts = report["datasets"]["readings"]
    assert [counts[name] for name in ("read", "accepted", "quarantined", "inserted", "rows")] == [
        3,
        2,
        1,
        2,
        3,
    ]
    rows = lake.rows("id", "amount", "_source_file", "_line")
    assert rows == [("a", 1, "raw/1.csv", 2), ("b", 500, "raw/1.csv", 3), ("d", 1, "raw/1.csv", 5)]
    # the pseudonym is what it would have been
    assert [
        row[1]
        for row in lake.spark.table(lake.table()).selectExpr("id", "length(person)").collect()
        if row[0] == "a"
    ] == [64]
    assert history(lake) == [
        ("raw/1.csv", 2, "2", None),
        ("raw/1.csv", 3, "2", None),
        ("raw/1.csv", 4, None, "2"),
        ("raw/1.csv", 4, None, None),
    ]
    assert {row["first_seen"] for row in lake.quarantined() if row["line"] == 4} == {before[4]}
    again = lake.run(job=mended(), work=redrive())
    assert again["datasets"]["readings"]["read"] == 1
    assert lake.rows("id", "amount", "_source_file", "_line") == rows


def test_only_the_rows_asked_for(lake: Lake) -> None:
    lake.run(lake.put("1.csv", csv("a,gas,1,,1,", "b,solid,500,,1,")))
    lake.run(lake.put("2.csv", csv("c,gas,1,,1,", "d,solid,500,,1,")))
    first, second = lake._runs
    read = [
        lake.run(job=mended(), work=redrive(**filters))["datasets"]["readings"]["inserted"]
        for filters in (
            {"file": "nowhere"},
            {"run": first, "reason": "amount: above"},
            {"file": "2.csv", "reason": "kind"},
            {"run": second},
            {},
        )
    ]
    assert read == [0, 1, 1, 1, 1]
    assert [row[0] for row in lake.rows("id")] == ["a", "b", "c", "d"]


def test_other_columns_order_and_quotes_are_read_as_they_were(lake: Lake) -> None:
    header = "version,amount,person,seen,kind,id"
    lake.run(lake.put("1.csv", csv('3,"500",,2026-01-01,solid,"x,y"', header=header)))
    lake.run(job=mended(), work=redrive())
    assert lake.rows("id", "amount", "version") == [("x,y", 500, 3)]


def test_a_line_that_was_no_text_stays(lake: Lake) -> None:
    lake.run(lake.put("1.csv", csv("a,solid,1,,1,").encode() + b"b,solid,1,,1,\xff\nc,solid,1,,1,\0\n"))
    report = lake.run(job=mended(), work=redrive())
    assert report["datasets"]["readings"]["read"] == 0
    assert history(lake) == [("raw/1.csv", 3, None, None), ("raw/1.csv", 4, None, None)]


def test_a_file_that_is_taken_again_closes_its_rows(lake: Lake) -> None:
    file = lake.put("1.csv", csv("a,gas,1,,1,", "b,solid,x,,1,"))
    lake.run(file)
    seen = {row["first_seen"] for row in lake.quarantined()}
    lake.run(file, job=mended())
    assert history(lake) == [
        ("raw/1.csv", 2, "2", None),
        ("raw/1.csv", 3, None, "2"),
        ("raw/1.csv", 3, None, None),
    ]
    assert {row["first_seen"] for row in lake.quarantined()} == seen


def test_more_refused_rows_than_a_load_may_have_do_not_fail_a_redrive(lake: Lake) -> None:
    job = Job("small", [replace(READINGS, most_quarantined=0.5)], SMALL.profiles)
    lake.run(lake.put("1.csv", csv("a,gas,1,,1,", "b,solid,1,,1,")), job=job)
    assert lake.run(job=job, work=redrive())["outcome"] == "published"
