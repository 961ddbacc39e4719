"""Files as they arrive: what is read in spite of its looks, and what is rejected whole while others go on."""

import gzip
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from lake import Lake, csv
from small_job import HEADER

ROW = "r,solid,1,,1,"
REVERSED = ",".join(reversed(HEADER.split(",")))

READ: dict[str, tuple[str, str | None, int]] = {
    "good.csv": (csv("good,solid,1,,1,"), "plain", 1),
    "bom.csv": (csv("bom,solid,2,,1,", header="\ufeff" + HEADER), "plain", 1),
    "shouting.csv": (
        csv("shouting,solid,3,,1,", header='ID,"Kind", AMOUNT ,"Seen",VERSION,PERSON'),
        "plain",
        1,
    ),
    "reversed.csv": (csv(",1,,4,solid,reversed", header=REVERSED), "plain", 1),
    "a name [with] 100% odd?.csv": (csv("odd,solid,5,,1,"), "plain", 1),
    "{1,2} *back\\slash.csv": (csv("braces,solid,7,,1,"), "plain", 1),
    "zipped.csv.gz": (csv("zipped,solid,6,,1,"), "plain", 1),
    "empty.csv": ("", None, 0),
    "blank.csv": ("\n \n\n", None, 0),
    "header.csv": (HEADER, "plain", 0),
}

REJECTED: dict[str, tuple[str | bytes, str]] = {
    "cut.csv.gz": (
        gzip.compress(csv(*[f"{i},solid,1,,1,{i * 7919}" for i in range(999)]).encode())[:-700],
        "truncated gzip: it ends in the middle; send it again",
    ),
    "excel.csv": (b"PK\x03\x04\x14workbook\nmore", "binary, not text"),
    "program.csv": (
        b"\x7fELF\x02\x01\x01" + bytes(99),
        "UTF-16 or binary, not UTF-8 text; save it as CSV UTF-8",
    ),
    "picture.csv": (b"\x89PNG\r\n\x1a\n", "its first line is not UTF-8 text; save it as CSV UTF-8"),
    "utf16.csv": (csv(ROW).encode("utf-16"), "UTF-16, not UTF-8; save it as CSV UTF-8"),
    "utf16-bare.csv": (
        csv(ROW).encode("utf-16-le"),
        "UTF-16 or binary, not UTF-8 text; save it as CSV UTF-8",
    ),
    "unnamed.csv": (
        gzip.compress(csv(ROW).encode()),
        "gzip content under a name that does not end in .gz; rename it",
    ),
    "quote.csv": (csv(ROW, header='id,"kind'), "a broken quote in its first line"),
    "twice.csv": (csv(ROW, header=HEADER + ",ID"), '"id" more than once in its header'),
    "unknown.csv": (
        csv(ROW, header=HEADER + ",colour"),
        "no profile has its header; the nearest is plain: 1 extra column",
    ),
    "_hidden.csv": (csv(ROW), "Spark does not read names that begin with _ or a dot; rename it"),
}


@pytest.fixture(scope="module")
def outcome(new_lake: Callable[[], Lake]) -> tuple[Lake, dict[str, dict[str, Any]]]:
    lake = new_lake()
    files = [lake.put(name, content) for name, (content, *_) in (READ | REJECTED).items()]
    changed = lake.put("changed.csv", csv(ROW))
    _path(changed).write_text(csv(ROW.replace("1", "2")))
    grown = lake.put("grown.csv", "id\n")
    _path(grown).write_text("id\nmore\n")
    gone = lake.put("gone.csv", csv(ROW))
    _path(gone).unlink()
    report = lake.run(changed, grown, gone, *files)
    assert report["outcome"] == "published"
    return lake, {file["key"].removeprefix("raw/"): file for file in report["files"]}


@pytest.mark.parametrize("name", READ)
def test_read(outcome: tuple[Lake, dict[str, dict[str, Any]]], name: str) -> None:
    _, profile, rows = READ[name]
    found = outcome[1][name]
    assert (found["status"], found["profile"], found["rows"], found["reason"]) == (
        "accepted",
        profile,
        rows,
        None,
    )


@pytest.mark.parametrize("name", REJECTED)
def test_rejected(outcome: tuple[Lake, dict[str, dict[str, Any]]], name: str) -> None:
    found = outcome[1][name]
    assert (found["status"], found["rows"], found["reason"]) == ("rejected", 0, REJECTED[name][1])


@pytest.mark.parametrize(("name", "found"), [("changed.csv", len(csv(ROW))), ("grown.csv", 8)])
def test_content_that_is_not_what_was_planned_is_rejected(
    outcome: tuple[Lake, dict[str, dict[str, Any]]], name: str, found: int
) -> None:
    reason = outcome[1][name]["reason"]
    assert reason.startswith(f"its content changed after the run was planned: found {found} bytes, expected ")
    assert outcome[1][name]["status"] == "rejected"


def test_a_file_that_is_gone_is_rejected(outcome: tuple[Lake, dict[str, dict[str, Any]]]) -> None:
    found = outcome[1]["gone.csv"]
    assert (found["status"], found["reason"]) == ("rejected", "it is gone: deleted after the run was planned")


def test_only_what_was_read_is_in_the_table(outcome: tuple[Lake, dict[str, dict[str, Any]]]) -> None:
    ids = ["good", "bom", "shouting", "reversed", "odd", "zipped", "braces"]
    expected = [(name, "solid", Decimal(amount), 1, 2) for amount, name in enumerate(ids, start=1)]
    assert outcome[0].rows("id", "kind", "amount", "version", "_line") == sorted(expected)
    assert outcome[0].quarantined() == []


def test_a_run_of_rejected_files_alone_changes_nothing(lake: Lake) -> None:
    report = lake.run(lake.put("_hidden.csv", csv(ROW)), lake.put("unknown.csv", "what\n"))
    assert (report["outcome"], [file["status"] for file in report["files"]]) == (
        "published",
        ["rejected"] * 2,
    )
    assert lake.rows("id") == []


def _path(file: dict[str, Any]) -> Path:
    return Path(unquote(urlsplit(file["url"]).path))
