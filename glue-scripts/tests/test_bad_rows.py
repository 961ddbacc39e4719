"""Each kind of row that is set aside: its reasons, its line, and its text as it came."""

from collections.abc import Callable
from typing import Any

import pytest
from lake import Lake
from pyspark.sql import Row
from small_job import HEADER

# The header is line 1, so these begin with line 2.
ROWS: list[tuple[bytes, list[str]]] = [
    (b"good-1,solid,1.50,2026-01-01,1,ann", []),
    (b"few,solid,1.50,2026-01-01,1", ["too few fields"]),
    (b"many,solid,1.50,2026-01-01,1,ann,more", ["too many fields"]),
    (b'quote,"solid,1.50,2026-01-01,1,ann', ["broken quote"]),
    (b"latin,solid,1.50,2026-01-01,1,Andr\xe9", ["invalid UTF-8"]),
    (b"nul,solid,1.50,2026-01-01,1,a\x00n", ["NUL byte"]),
    (b",solid,1.50,2026-01-01,1,ann", ["id: missing"]),
    (b"blank,solid, ,2026-01-01,1,ann", ["amount: missing"]),
    (b"words,solid,much,2026-01-01,1,ann", ["amount: unparsable"]),
    (b"day,solid,1.50,yesterday,1,ann", ["seen: unparsable"]),
    (b"below,solid,-0.01,2026-01-01,1,ann", ["amount: below 0"]),
    (b"above,solid,100.01,2026-01-01,1,ann", ["amount: above 100"]),
    (b"kind,gas,1.50,2026-01-01,1,ann", ["kind: not one of solid, liquid"]),
    (b"rule,liquid,0.99,2026-01-01,1,ann", ["a liquid is at least 1"]),
    (
        b",liquid,-1,never,,ann",
        ["id: missing", "amount: below 0", "seen: unparsable", "version: missing", "a liquid is at least 1"],
    ),
    (b"wide,solid,123456.00,2026-01-01,1,ann", ["amount: unparsable"]),
    (b"zero,solid,0,2026-01-01,1,ann", []),
    (b"hundred,liquid,100.00,2026-01-01,1,ann", []),
    (b"none,,1,,1,", []),
    (b'"quo,ted",solid,1,2026-01-01,1,"an ""n"""', []),
]
BAD = [(line, text, reasons) for line, (text, reasons) in enumerate(ROWS, start=2) if reasons]


@pytest.fixture(scope="module")
def outcome(new_lake: Callable[[], Lake]) -> tuple[Lake, dict[str, Any], dict[int, Row]]:
    lake = new_lake()
    content = b"\n".join([HEADER.encode(), *[text for text, _ in ROWS]])
    report = lake.run(lake.put("rows.csv", content))
    return lake, report, {row["line"]: row for row in lake.quarantined()}


@pytest.mark.parametrize(("line", "text", "reasons"), BAD, ids=[f"line {line}" for line, _, _ in BAD])
def test_a_bad_row_waits_with_all_its_reasons(
    outcome: tuple[Lake, dict[str, Any], dict[int, Row]], line: int, text: bytes, reasons: list[str]
) -> None:
    row = outcome[2][line]
    assert row["reasons"] == reasons
    # As a reader sees it that puts U+FFFD for what is not UTF-8.
    assert row["raw"] == text.decode(errors="replace")
    assert (row["file"], row["profile"], row["resolved_by"]) == ("raw/rows.csv", "plain", None)


def test_no_other_row_is_set_aside(outcome: tuple[Lake, dict[str, Any], dict[int, Row]]) -> None:
    assert sorted(outcome[2]) == [line for line, _, _ in BAD]


def test_the_good_rows_are_in_the_table(outcome: tuple[Lake, dict[str, Any], dict[int, Row]]) -> None:
    assert outcome[0].rows("id", "_line") == [
        ("good-1", 2),
        ("hundred", 19),
        ("none", 20),
        ("quo,ted", 21),
        ("zero", 18),
    ]


def test_the_key_is_told_where_it_could_be_read(
    outcome: tuple[Lake, dict[str, Any], dict[int, Row]],
) -> None:
    keys = {line: row["key"] for line, row in outcome[2].items()}
    assert keys[12] == '{"id":"below"}'
    assert keys[3] is None
    assert keys[8] is None


def test_the_report_counts_each_reason(outcome: tuple[Lake, dict[str, Any], dict[int, Row]]) -> None:
    report = outcome[1]
    counts = report["datasets"]["readings"]
    assert (counts["read"], counts["accepted"], counts["quarantined"]) == (20, 5, 15)
    assert report["files"] == [
        {"key": "raw/rows.csv", "status": "accepted", "profile": "plain", "rows": 20, "reason": None}
    ]
    assert report["reasons"]["readings"] == {
        "a liquid is at least 1": 2,
        "amount: below 0": 2,
        "amount: unparsable": 2,
        "id: missing": 2,
        "seen: unparsable": 2,
        "amount: above 100": 1,
        "amount: missing": 1,
        "broken quote": 1,
        "invalid UTF-8": 1,
        "kind: not one of solid, liquid": 1,
        "NUL byte": 1,
        "too few fields": 1,
        "too many fields": 1,
        "version: missing": 1,
    }
