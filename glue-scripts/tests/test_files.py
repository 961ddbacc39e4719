"""Files as they arrive: what is read in spite of its looks, and what is rejected whole while others go on."""

import gzip
import os
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from lake import Lake, csv
from penstock_runtime import kept
from penstock_runtime.unchanged import FileChangedError
from small_job import HEADER

ROW = "r,solid,1,,1,"
REVERSED = ",".join(reversed(HEADER.split(",")))

READ: dict[str, tuple[str | bytes, str | None, int]] = {
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
    # What Hadoop hides, trips over, or unzips otherwise than the name promises.
    "_hidden.csv": (csv("hidden,solid,8,,1,"), "plain", 1),
    ".dotted.csv": (csv("dotted,solid,9,,1,"), "plain", 1),
    "2026-01-01T00:00:00.csv": (csv("colon,solid,10,,1,"), "plain", 1),
    "a:b/c=d/_e/inside.csv": (csv("inside,solid,11,,1,"), "plain", 1),
    "SHOUTED.CSV.GZ": (gzip.compress(csv("shouted,solid,12,,1,").encode()), "plain", 1),
    "plain.bz2": (csv("bz2,solid,13,,1,"), "plain", 1),
    "copied._COPYING_": (csv("copied,solid,14,,1,"), "plain", 1),
    "padded.csv.gz": (gzip.compress(csv("padded,solid,15,,1,").encode()) + bytes(512), "plain", 1),
    "in two.csv.gz": (
        gzip.compress(csv("first,solid,16,,1,").encode())
        + gzip.compress(b"")
        + gzip.compress(b"second,solid,17,,1,"),
        "plain",
        2,
    ),
    "#1 ☕ + cafe\u0301, 100%41 'x'.csv": (csv("signs,solid,18,,1,"), "plain", 1),
    # Line ends of old Macs, and everything at once: mark, blank lines, quotes, case, blanks and order.
    "mac.csv": (f"\r{HEADER}\r\rmac,solid,19,,1,\r\r", "plain", 1),
    "all-at-once.csv": (
        '\ufeff\r\n"PERSON", Version ,"seen",AMOUNT,"Kind",id\r\n,1,,20,solid,all-at-once\r\n \r\n\r\n',
        "plain",
        1,
    ),
    "empty.csv": ("", None, 0),
    "empty.csv.gz": (b"", None, 0),
    "nothing.csv.gz": ("", None, 0),
    "mark.csv": ("\ufeff", None, 0),
    "blank.csv": ("\n \n\n", None, 0),
    "blank-windows.csv": ("\r\n\r\n \r\n", None, 0),
    "header.csv": (HEADER, "plain", 0),
    "header-windows.csv": (f"\ufeff{HEADER}\r\n\r\n", "plain", 0),
}

REJECTED: dict[str, tuple[str | bytes, str]] = {
    "cut.csv.gz": (
        gzip.compress(csv(*[f"{i},solid,1,,1,{i * 7919}" for i in range(999)]).encode())[:-700],
        "truncated gzip: it ends in the middle; send it again",
    ),
    "excel.csv": (
        b"PK\x03\x04\x14workbook\nmore",
        "a zip archive or an Excel workbook, not text; save it as CSV UTF-8",
    ),
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
    "semicolons.csv": (
        csv(ROW, header=HEADER.replace(",", ";")),
        "its columns are separated by semicolons; save it with commas",
    ),
    "quoted-semicolons.csv": (
        csv(ROW, header='"id";"kind";"amount, in kg"'),
        "its columns are separated by semicolons; save it with commas",
    ),
    "tail.csv.gz": (
        gzip.compress(csv(ROW).encode()) + b"tail",
        "broken gzip: Error -3 while decompressing data: incorrect header check; send it again",
    ),
    "zeros.csv.gz": (
        bytes(99),
        "broken gzip: Error -3 while decompressing data: incorrect header check; send it again",
    ),
    "blank-beginning.csv": ("\n" * 1_048_577 + csv(ROW), "its first 1048576 bytes are blank"),
    "nameless.csv": (
        csv(ROW, header=HEADER + ","),
        "no profile has its header; the nearest is plain: 1 column without a name",
    ),
    "wide.csv": (
        csv(ROW, header=HEADER + "".join(f",c{number}" for number in range(4994))),
        "no profile has its header; the nearest is plain: "
        'extra "c0", "c1", "c2", "c3", "c4", "c5", "c6", "c7" and 4986 more',
    ),
    "headless.csv": (
        "r-1,solid,1.50,2026-01-01,1,driver-4711@example.org\n",
        "no name in its first line is known; a file begins with its header, such as that of plain: "
        '"id", "kind", "amount", "seen", "version", "person"',
    ),
    "quote.csv": (csv(ROW, header='id,"kind'), "a broken quote in its first line; mend it"),
    "twice.csv": (csv(ROW, header=HEADER + ",ID"), '"id" more than once in its header'),
    "unknown.csv": (
        csv(ROW, header=HEADER + ",colour"),
        'no profile has its header; the nearest is plain: extra "colour"',
    ),
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
    folder = {**gone, "key": "raw/", "url": lake.folder.as_uri() + "/"}
    report = lake.run(changed, grown, gone, folder, *files)
    assert report["outcome"] == "published"
    assert not list(lake.folder.rglob("copies/*")), "a copy is there for the run alone"
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


def test_a_folder_is_rejected(outcome: tuple[Lake, dict[str, dict[str, Any]]]) -> None:
    assert (outcome[1][""]["status"], outcome[1][""]["reason"]) == ("rejected", "it is a folder, not a file")


def test_only_what_was_read_is_in_the_table(outcome: tuple[Lake, dict[str, dict[str, Any]]]) -> None:
    ids = [
        "good",
        "bom",
        "shouting",
        "reversed",
        "odd",
        "zipped",
        "braces",
        "hidden",
        "dotted",
        "colon",
        "inside",
    ]
    ids += ["shouted", "bz2", "copied", "padded", "first", "second", "signs", "mac", "all-at-once"]
    later = {"second": 3, "mac": 4, "all-at-once": 3}
    expected = [
        (name, "solid", Decimal(amount), 1, later.get(name, 2)) for amount, name in enumerate(ids, start=1)
    ]
    assert outcome[0].rows("id", "kind", "amount", "version", "_line") == sorted(expected)
    assert outcome[0].quarantined() == []


def test_a_run_of_rejected_files_alone_changes_nothing(lake: Lake) -> None:
    report = lake.run(lake.put("unnamed.csv", gzip.compress(b"id")), lake.put("unknown.csv", "what\n"))
    assert (report["outcome"], [file["status"] for file in report["files"]]) == (
        "published",
        ["rejected"] * 2,
    )
    assert lake.rows("id") == []


def test_a_file_that_was_put_away_is_read_where_it_lies(lake: Lake) -> None:
    files = [
        lake.put("a.csv", csv("r,solid,1,,1,")),
        lake.put("orders/b.csv.gz", csv("s,solid,2,,1,")),
        lake.put("c.csv", csv("t,solid,3,,1,")),
    ]
    for name, file in zip(["run=1/a.csv", "run=2/orders/b.csv.gz"], files, strict=False):
        archived = lake.folder / "archive" / name
        archived.parent.mkdir(parents=True)
        _path(file).rename(archived)
        file["url"] = archived.as_uri()
    lake.run(*files)
    assert lake.rows("id", "_source_file") == [
        ("r", "raw/a.csv"),
        ("s", "raw/orders/b.csv.gz"),
        ("t", "raw/c.csv"),
    ]


NEW = csv("r,solid,2,,2,", "new,solid,2,,2,", "t,gas,1,,1,")
REPLACED = {"at once": NEW, "by as many bytes": csv("r,solid,7,,9,", "s,gas,1,,1,")}


@pytest.mark.parametrize(
    ("step", "how"),
    [
        ("survey", "by as many bytes"),
        ("survey", "not at all"),
        ("clean readings", "at once"),
        ("clean readings", "in place"),
        ("clean readings", "not at all"),
        ("quarantine readings", "by as many bytes"),
        ("quarantine readings", "not at all"),
    ],
)
def test_a_file_that_is_replaced_or_deleted_while_it_is_read_is_not_taken_for_what_was_planned(
    lake: Lake, monkeypatch: pytest.MonkeyPatch, step: str, how: str
) -> None:
    # As of a large input, of which what is set aside is read once more.
    monkeypatch.setattr(kept, "_LITTLE", 0)
    lake.run(lake.put("before.csv", csv("b,solid,1,,1,")))
    file = lake.put("a.csv", csv("r,solid,1,,1,", "s,gas,1,,1,"))
    other = lake.put("other.csv", csv("o,solid,1,,1,"))
    run_id = lake.next_run_id()

    def at(name: str) -> None:
        if name != step:
            return
        if how == "in place":
            _path(file).write_text(NEW)
        elif how in REPLACED:
            found = _path(file).stat()
            draft = _path(file).with_name("draft")
            draft.write_text(REPLACED[how])
            # Even with the time of the first, as a copy of another file has.
            os.utime(draft, ns=(found.st_atime_ns, found.st_mtime_ns))
            draft.replace(_path(file))
        else:
            _path(file).unlink()

    with pytest.raises(FileChangedError) as failed:
        lake.run(file, other, run_id=run_id, at=at)
    what = "was deleted" if how == "not at all" else "was replaced by another content"
    assert str(failed.value) == (
        f"raw/a.csv {what} while it was read. Nothing is published; the next attempt reads what is there now"
    )
    assert lake.rows("id") == [("b",)]

    report = lake.run(file, other, run_id=run_id, attempt=2)
    [rejected, accepted] = report["files"]
    reason = "it is gone: " if how == "not at all" else "its content changed after the run was planned: "
    assert (rejected["status"], accepted["status"]) == ("rejected", "accepted")
    assert rejected["reason"].startswith(reason)
    assert lake.rows("id", "amount") == [("b", 1), ("o", 1)]
    assert lake.quarantined() == []

    if _path(file).exists():
        new = lake.put("a.csv", _path(file).read_text())
        lake.run(new)
        assert ("r", 7 if how == "by as many bytes" else 2) in lake.rows("id", "amount")
        assert [row["raw"] for row in lake.quarantined()] == [_path(file).read_text().splitlines()[-1]]


def test_a_file_that_is_rejected_may_change_while_others_are_read(lake: Lake) -> None:
    unknown = lake.put("unknown.csv", "what\n")
    empty = lake.put("empty.csv", "")

    def at(step: str) -> None:
        if step == "clean readings":
            for file in (unknown, empty):
                _path(file).write_text(csv(ROW))

    report = lake.run(unknown, empty, lake.put("good.csv", csv("g,solid,1,,1,")), at=at)
    assert [each["status"] for each in report["files"]] == ["rejected", "accepted", "accepted"]
    assert lake.rows("id") == [("g",)]


def _path(file: dict[str, Any]) -> Path:
    return Path(unquote(urlsplit(file["url"]).path))
