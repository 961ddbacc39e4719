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
    (b"wide" + b"," * 4_999, ["too many fields"]),
    (b"wider" + b"," * 30_000, ["more than 20000 commas"]),
    (b'"open' + b"," * 30_000, ["more than 20000 commas"]),
    (b"long,solid,1,2026-01-01,1,\x00" + b"n" * 20_000, ["NUL byte"]),
    (b"cut,solid,1,2026-01-01,1," + b"n" * 5_000_000, ["longer than 1048576 bytes"]),
    (b"kept,solid,1,2026-01-01,1," + b"n" * 1_000_000, []),
    (b"#1,solid,1,2026-01-01,1,", []),
    (b"\\1,solid,1,2026-01-01,1,\\", []),
    (b" blanks , solid , 1 , 2026-01-01 , 1 , ann ", []),
    (b"\t", ["too few fields"]),
    # A mark is one at the beginning of a file alone.
    (b"\xef\xbb\xbfmark,solid,1,2026-01-01,1,", []),
    # Quotes that happen to come in pairs are what they are.
    (b'5" by 3",solid,1,2026-01-01,1,', []),
    # A day before the calendars changed is a day.
    (b"old,solid,1,0001-01-01,1,", []),
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
    whole = text.decode(errors="replace")
    assert row["raw"] == (whole if len(text) <= 1_048_576 else whole[:10_000])
    assert (row["file"], row["profile"], row["resolved_by"]) == ("raw/rows.csv", "plain", None)


def test_no_other_row_is_set_aside(outcome: tuple[Lake, dict[str, Any], dict[int, Row]]) -> None:
    assert sorted(outcome[2]) == [line for line, _, _ in BAD]


def test_the_good_rows_are_in_the_table(outcome: tuple[Lake, dict[str, Any], dict[int, Row]]) -> None:
    assert outcome[0].rows("id", "_line") == [
        ("#1", 28),
        ('5" by 3"', 33),
        ("\\1", 29),
        ("blanks", 30),
        ("good-1", 2),
        ("hundred", 19),
        ("kept", 27),
        ("none", 20),
        ("old", 34),
        ("quo,ted", 21),
        ("zero", 18),
        ("\ufeffmark", 32),
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
    assert (counts["read"], counts["accepted"], counts["quarantined"]) == (33, 12, 21)
    assert report["files"] == [
        {"key": "raw/rows.csv", "status": "accepted", "profile": "plain", "rows": 33, "reason": None}
    ]
    assert report["reasons"]["readings"] == {
        "a liquid is at least 1": 2,
        "amount: below 0": 2,
        "amount: unparsable": 2,
        "id: missing": 2,
        "more than 20000 commas": 2,
        "NUL byte": 2,
        "seen: unparsable": 2,
        "too few fields": 2,
        "too many fields": 2,
        "amount: above 100": 1,
        "amount: missing": 1,
        "broken quote": 1,
        "invalid UTF-8": 1,
        "kind: not one of solid, liquid": 1,
        "longer than 1048576 bytes": 1,
        "version: missing": 1,
    }
