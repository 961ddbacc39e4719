"""Plain copies: one record a line, each on the line that it begins on. Without Spark."""

import gzip
import hashlib
import tracemalloc
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path

import pytest
from penstock_runtime.arrival import LONGEST_LINE, Arrived, arrival
from penstock_runtime.manifest import InputFile
from penstock_runtime.plain import UnreadableError, write_plain
from small_job import PROFILES

_PLAIN = PROFILES[0]
_MULTILINE = replace(_PLAIN, multiline=True)
_HEADER = b"id,kind,amount,seen,version,person"


def _arrived(folder: Path, data: bytes, name: str = "file.csv") -> Arrived:
    path = folder / name
    path.write_bytes(data)
    file = InputFile(
        key=f"raw/{name}",
        url=path.as_uri(),
        hash="sha256:" + hashlib.sha256(data).hexdigest(),
        size=len(data),
        modified=datetime(2026, 1, 1, tzinfo=timezone.utc),
    )
    found = arrival(file)
    assert isinstance(found, Arrived)
    return found


def _copy(folder: Path, arrived: Arrived, multiline: bool) -> bytes:
    copy = folder / "copies" / "0.txt"
    write_plain(arrived, _MULTILINE if multiline else _PLAIN, copy.as_uri())
    assert list(copy.parent.iterdir()) == [copy]
    return copy.read_bytes()


@pytest.mark.parametrize(
    ("text", "copied"),
    [
        (b'h\na,"b\nc"\nd', b'h\na,"b\x1bnc"\n\nd\n'),
        (b'h\r\n"\r\n\r\n"\r\nd\r\n', b'h\n"\x1br\x1bn\x1br\x1bn"\n\n\nd\n'),
        (b'h\ra,"\r"\rd\r', b'h\na,"\x1br"\n\nd\n'),
        (b'h\n"a ""b""\n,""",c\n\nd\n', b'h\n"a ""b""\x1bn,""",c\n\n\nd\n'),
        (b'h\n\x1bn,"\x1b\n\xff"', b'h\n\x1ben,"\x1be\x1bn\xff"\n\n'),
    ],
    ids=["a line break", "windows", "mac", "doubled quotes", "what looks like an escape, and no UTF-8"],
)
def test_a_record_that_spans_lines_is_on_its_first(tmp_path: Path, text: bytes, copied: bytes) -> None:
    assert _copy(tmp_path, _arrived(tmp_path, text), multiline=True) == copied
    zipped = _arrived(tmp_path, gzip.compress(text), "file.csv.gz")
    assert _copy(tmp_path, zipped, multiline=True) == copied


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (b'h\na\n"b\nc\nd\n', 3),
        (b'h\na,"b\nc\nd",e\nf,"g\nh\n', 5),
        (b'h\na"b,c\nd\ne"f\n', 2),
        (b'h\n5" pipe\nb\n5" hose\n', 2),
        (b'h\na\n"b"c\n', 3),
        (b'h\n"a" ,b\n', 2),
        (b'h\na,b"c"\n', 2),
    ],
    ids=[
        "never closed",
        "the second",
        "within fields",
        "inches",
        "text behind",
        "a blank behind",
        "text before",
    ],
)
def test_a_broken_quote_makes_it_unreadable(tmp_path: Path, text: bytes, line: int) -> None:
    with pytest.raises(UnreadableError) as raised:
        _copy(tmp_path, _arrived(tmp_path, text), multiline=True)
    assert str(raised.value) == (
        f"a broken quote in the record that begins in line {line}; records may span lines here, so what "
        "comes after it can't be told apart: mend it and send the file again"
    )
    assert list((tmp_path / "copies").iterdir()) == []


def test_a_record_without_an_end_is_given_up(tmp_path: Path) -> None:
    arrived = _arrived(tmp_path, b'h\na\n"b\n' + b"c,d\n" * (LONGEST_LINE // 2))
    with pytest.raises(UnreadableError, match=r"^a record longer than 1048576 bytes begins in line 3: "):
        _copy(tmp_path, arrived, multiline=True)


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_a_line_that_is_too_long_is_cut(tmp_path: Path, end: bytes) -> None:
    long = b"x" * (3 * LONGEST_LINE + 17)
    just = b"y" * LONGEST_LINE
    arrived = _arrived(tmp_path, end.join([_HEADER, b"a", long, b"b", just, b"", long, b"c"]))
    assert not arrived.plain
    # One letter more than a line may have, so that it is quarantined for it.
    lines = _copy(tmp_path, arrived, multiline=False).split(b"\n")
    assert [len(line) if len(line) > 99 else line for line in lines] == [
        _HEADER,
        b"a",
        LONGEST_LINE + 1,
        b"b",
        LONGEST_LINE,
        b"",
        LONGEST_LINE + 1,
        b"c",
        b"",
    ]


def test_neither_looking_nor_copying_takes_more_memory_for_a_longer_line(tmp_path: Path) -> None:
    data = gzip.compress(b"".join([_HEADER, b"\n", b"x" * (64 << 20), b"\nc\n"]), 1)
    tracemalloc.start()
    try:
        copied = _copy(tmp_path, _arrived(tmp_path, data, "file.csv.gz"), multiline=False)
        assert tracemalloc.get_traced_memory()[1] < 12 << 20
    finally:
        tracemalloc.stop()
    assert len(copied) == len(_HEADER) + LONGEST_LINE + 5


def test_a_file_without_long_lines_is_read_as_it_is(tmp_path: Path) -> None:
    rows = b"".join(b"%d,%b\n" % (number, b"x" * 500_000) for number in range(9))
    assert _arrived(tmp_path, _HEADER + b"\n" + rows).plain
