"""Referential integrity: a row whose parent has not arrived waits, and goes through when it does."""

from dataclasses import replace
from typing import Any

import pytest
from lake import Lake, csv
from penstock_runtime.contract import Column, ForeignKey, Job, Profile
from small_job import PLACES, PROFILES, READINGS

_AT = Column("at", "string")
VISITS = replace(
    READINGS,
    name="visits",
    description="A visit of a place.",
    columns=[Column("id", "string", required=True), _AT, Column("hours", "int", required=True)],
    newest_by=[],
    rules=[],
    most_quarantined=0.2,
    foreign_keys=[ForeignKey("at", "places", "place", report_after="10 days")],
    table="""
        CREATE TABLE IF NOT EXISTS {table} (
          id string NOT NULL, at string, hours int NOT NULL,
          _run_id string, _source_file string, _line bigint, _modified timestamp, _row_hash bigint
        ) USING iceberg TBLPROPERTIES ('format-version' = '2', 'write.wap.enabled' = 'true')
    """,
    ruleset='Rules = [IsPrimaryKey "id"]',
)
_OF_VISITS = Profile(
    name="visits",
    header=["id", "at", "hours"],
    sql={"visits": "SELECT id, at, try_cast(hours AS int) AS hours FROM raw"},
    sources={"visits": {name: [name] for name in ("id", "at", "hours")}},
)
JOB = Job("small", [PLACES, VISITS], [*PROFILES, _OF_VISITS])
ORPHAN = "orphan: at is not in places"
MUCH_LATER = "20260111T000001Z-abcdef"


def visits(*lines: str) -> str:
    return csv(*lines, header="id,at,hours")


def places(*names: str) -> str:
    return csv(*[f"{name},{name.upper()}" for name in names], header="Place,Long Name")


def counts(report: dict[str, Any], dataset: str = "visits") -> tuple[int, ...]:
    names = ("read", "accepted", "quarantined", "inserted")
    return tuple(report["datasets"][dataset][name] for name in names)


def open_reasons(lake: Lake) -> list[tuple[int, list[str]]]:
    rows = lake.quarantined("visits")
    return [(row["line"], row["reasons"]) for row in rows if not row["resolved_by"] and not row["retried_by"]]


def test_parents_of_the_same_run_count_whatever_the_order_of_the_files(lake: Lake) -> None:
    report = lake.run(lake.put("a.csv", visits("1,n,2", "2,,3")), lake.put("b.csv", places("n")), job=JOB)
    assert counts(report) == (2, 2, 0, 2)
    assert lake.rows("id", "at", dataset="visits") == [("1", "n"), ("2", None)]


def test_children_before_their_parents(lake: Lake) -> None:
    first = lake.run(lake.put("a.csv", visits("1,n,2", "2,s,3", "3,s,bad", "4,e,1")), job=JOB)
    # Of the four rows one is bad besides, which is more than a fifth.
    assert first["outcome"] == "gate_failed"
    first = lake.run(lake.put("a.csv", visits("1,n,2", "2,s,3", "3,s,bad", "4,e,1", "5,e,1")), job=JOB)
    assert first["outcome"] == "published"
    assert counts(first) == (5, 0, 5, 0)
    assert first["reasons"]["visits"] == {ORPHAN: 5, "hours: unparsable": 1}
    # Those of the gate that was broken do not wait by themselves: their file is to come again.
    assert (first["datasets"]["visits"]["waiting"], len(open_reasons(lake))) == (4, 9)

    second = lake.run(lake.put("b.csv", places("s")), job=JOB)
    # Line 3 is no orphan any more, and still no row; what it waits for is a mended file.
    assert counts(second) == (1, 1, 0, 1)
    assert lake.rows("id", "_run_id", "_source_file", "_line", dataset="visits") == [
        ("2", second["run_id"], "raw/a.csv", 3)
    ]
    through = [row for row in lake.quarantined("visits") if row["resolved_by"] == second["run_id"]]
    assert {(row["line"], row["reasons"][0]) for row in through} == {(3, ORPHAN)}

    third = lake.run(lake.put("c.csv", places("n", "e")), job=JOB)
    assert counts(third) == (3, 3, 0, 3)
    assert [row[0] for row in lake.rows("id", dataset="visits")] == ["1", "2", "4", "5"]
    assert third["datasets"]["visits"].get("waiting") is None
    # The parents once more: nobody waits, nothing is read twice.
    assert counts(lake.run(lake.put("d.csv", places("n", "e", "s")), job=JOB)) == (0, 0, 0, 0)


def test_what_the_profile_refuses_waits_for_nobody(lake: Lake) -> None:
    sql = "SELECT id, at, 1 AS hours, array(if(hours = '0', 'no visit', NULL)) AS _problems FROM raw"
    profile = replace(_OF_VISITS, sql={"visits": sql}, sources={})
    job = Job("small", [PLACES, VISITS], [*PROFILES, profile])
    report = lake.run(lake.put("a.csv", visits("1,n,0", *[f"{n},n,2" for n in range(2, 9)])), job=job)
    assert report["reasons"]["visits"] == {ORPHAN: 7, "no visit": 1}
    assert report["datasets"]["visits"]["waiting"] == 7


def test_a_file_of_orphans_again_with_their_parents_is_read_once(lake: Lake) -> None:
    file = lake.put("a.csv", visits("1,n,2"))
    lake.run(file, job=JOB)
    report = lake.run(file, lake.put("b.csv", places("n")), job=JOB)
    assert counts(report) == (1, 1, 0, 1)
    assert open_reasons(lake) == []


def test_a_parent_that_is_redriven_brings_its_children(lake: Lake) -> None:
    lake.run(lake.put("a.csv", visits("1,n,2")), job=JOB)
    strict = replace(PLACES, columns=[PLACES.columns[0], Column("name", "string", one_of=["North"])])
    lake.run(lake.put("b.csv", places("n")), job=Job("small", [strict, VISITS], JOB.profiles))
    assert counts(lake.run(lake.put("none.csv", visits()), job=JOB)) == (0, 0, 0, 0)
    work = {"kind": "redrive", "dataset": "places", "run": None, "reason": None, "file": None}
    report = lake.run(work=work, job=JOB)
    assert counts(report, "places") == (1, 1, 0, 1)
    assert counts(report) == (1, 1, 0, 1)


def test_what_waits_too_long_is_reported(lake: Lake) -> None:
    first = lake.run(lake.put("a.csv", visits("1,n,2", "2,s,2")), job=JOB)
    assert (first["datasets"]["visits"]["waiting"], first["datasets"]["visits"]["overdue"]) == (2, 0)
    later = lake.run(lake.put("b.csv", places("s")), job=JOB, run_id=MUCH_LATER)
    assert (later["datasets"]["visits"]["waiting"], later["datasets"]["visits"]["overdue"]) == (1, 1)


class Killed(BaseException):
    """`kill -9`: nothing gets to clean up."""


def test_killed_while_orphans_go_through(lake: Lake) -> None:
    steps: list[str] = []

    def story(at: Any, number: int) -> tuple[str, dict[str, Any]]:
        lake.run(lake.put(f"a{number}.csv", visits(f"{number},p{number},2")), job=JOB)
        file = lake.put(f"b{number}.csv", places(f"p{number}"))
        run_id = lake.next_run_id()
        if at is None:
            return run_id, lake.run(file, job=JOB, run_id=run_id, at=steps.append)

        def kill(step: str) -> None:
            if step == at:
                raise Killed

        with pytest.raises(Killed):
            lake.run(file, job=JOB, run_id=run_id, at=kill)
        return run_id, lake.run(file, job=JOB, run_id=run_id, attempt=2)

    _, undisturbed = story(None, 0)
    assert counts(undisturbed) == (1, 1, 0, 1)
    assert "clean visits" in steps
    for number, step in enumerate(["publish visits", "close"], start=1):
        assert step in steps
        run_id, report = story(step, number)
        assert counts(report) == (1, 1, 0, 1), step
        found = [
            row["resolved_by"] for row in lake.quarantined("visits") if row["file"] == f"raw/a{number}.csv"
        ]
        assert found == [run_id], step
        assert (str(number), run_id) in lake.rows("id", "_run_id", dataset="visits"), step
