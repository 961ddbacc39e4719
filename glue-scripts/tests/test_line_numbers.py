"""A row's line is its line, however Spark splits and packs the files."""

from collections.abc import Iterator

import pytest
from lake import Lake
from pyspark.sql import SparkSession
from small_job import HEADER

_ROWS = 600


@pytest.fixture(params=["4m", "0"], ids=["a split a task", "splits packed"])
def _small_splits(spark: SparkSession, request: pytest.FixtureRequest) -> Iterator[None]:
    """Splits of a few kilobytes; the cost of opening a file decides how many of them a task reads."""
    changed = {"spark.sql.files.maxPartitionBytes": "2999", "spark.sql.files.openCostInBytes": request.param}
    before = {name: spark.conf.get(name) for name in changed}
    for name, value in changed.items():
        spark.conf.set(name, value)
    yield
    for name, value in before.items():
        spark.conf.set(name, value)


def _text(name: str, newline: str, before: int = 0) -> str:
    """Lines that say where they are; every 11th is blank, every 50th is no row."""
    lines = [*[""] * before, HEADER]
    for line in range(len(lines) + 1, _ROWS + 1):
        if line % 11 == 0:
            lines.append("" if line % 2 else "   ")
        elif line % 50 == 0:
            lines.append(f"{name}:{line},solid")
        else:
            lines.append(f"{name}:{line},solid,1,2026-01-01,1,{'x' * (line % 37)}")
    return newline.join(lines) + newline


def _blank(line: int) -> bool:
    return line % 11 == 0


@pytest.mark.usefixtures("_small_splits")
def test_every_line_is_numbered_exactly(lake: Lake) -> None:
    files = {
        "unix.csv": (_text("unix", "\n"), 1),
        "windows.csv": (_text("windows", "\r\n"), 1),
        "late.csv": ("\ufeff" + _text("late", "\n", before=3), 4),
        "mac.csv": (_text("mac", "\r"), 1),
        "zipped.csv.gz": (_text("zipped", "\r\n"), 1),
    }
    report = lake.run(*[lake.put(name, text) for name, (text, _) in files.items()])

    expected = [
        (name, line)
        for name, (_, header) in sorted(files.items())
        for line in range(header + 1, _ROWS + 1)
        if not _blank(line)
    ]
    good = [(f"{name.split('.')[0]}:{line}", f"raw/{name}", line) for name, line in expected if line % 50]
    assert lake.rows("id", "_source_file", "_line") == sorted(good)
    bad = [
        (f"raw/{name}", line, f"{name.split('.')[0]}:{line},solid")
        for name, line in expected
        if not line % 50
    ]
    assert [(row["file"], row["line"], row["raw"]) for row in lake.quarantined()] == bad
    assert {file["key"]: file["rows"] for file in report["files"]} == {
        f"raw/{name}": sum(1 for each, _ in expected if each == name) for name in files
    }


def test_a_quoted_line_break_is_two_broken_lines(lake: Lake) -> None:
    """A record is one physical line; the lines after it keep their numbers."""
    content = f'{HEADER}\na,solid,1,,1,"an\nn"\nb,solid,1,,1,ann'
    report = lake.run(lake.put("breaks.csv", content))
    assert [(row["line"], row["raw"], row["reasons"]) for row in lake.quarantined()] == [
        (2, 'a,solid,1,,1,"an', ["broken quote"]),
        (3, 'n"', ["broken quote"]),
    ]
    assert lake.rows("id", "_line") == [("b", 4)]
    assert report["datasets"]["readings"]["read"] == 3
