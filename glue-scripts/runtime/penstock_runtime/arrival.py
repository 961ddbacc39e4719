"""Looks at each file of the manifest before Spark does: is it what was planned, whole, and text?"""

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from . import objects
from .gunzip import BrokenGzipError, Gunzip
from .header import SEPARATORS, separated_by
from .manifest import InputFile

LONGEST_LINE = 1 << 20
"""Bytes. A longer header rejects the file, a longer row is quarantined."""

GONE = "it is gone: deleted after the run was planned"
"""Why a file is rejected that is not there."""

_CHUNK = 1 << 20

_KINDS = {
    b"\xff\xfe": "UTF-16, not UTF-8; save it as {}",
    b"\xfe\xff": "UTF-16, not UTF-8; save it as {}",
    b"\x1f\x8b": "gzip content under a name that does not end in .gz; rename it",
    b"PK\x03\x04": "a zip archive or an Excel workbook, not text; save it as {}",
    b"\xd0\xcf\x11\xe0": "an Excel workbook, not text; save it as {}",
}
"""What a file's first bytes give away, with a place for what it should be."""


@dataclass(frozen=True)
class Arrived:
    """A file that can be read; without a header it holds nothing but blank lines."""

    file: InputFile
    header: tuple[str, ...] = ()
    header_line: int = 0
    """The header's line, 1 unless blank lines come before it."""
    plain: bool = True
    """Whether Spark can be trusted with it as it is (see plain.py)."""
    copy: str | None = None
    """URL of the plain copy that is read in its stead."""
    json: bool = False
    """Whether it is JSON, which has no header."""
    mark: str | None = None
    """What the file was known by before it was hashed (see objects.mark); None when nothing reads it by its
    name again."""

    @property
    def url(self) -> str:
        """What Spark reads."""
        return self.file.url if self.copy is None else self.copy


@dataclass(frozen=True)
class Rejected:
    """A file that is left out whole."""

    file: InputFile
    reason: str


class _UnfitError(Exception):
    """Why a file is rejected."""


def arrivals(files: Iterable[InputFile], json: bool = False) -> list[Arrived | Rejected]:
    """In the files' order. Reads each from end to end, a few at a time, in bounded memory.

    `json` is whether some may be JSON, which their names say.
    """
    with ThreadPoolExecutor(max_workers=4) as pool:
        return list(pool.map(lambda file: arrival(file, json), files))


def arrival(file: InputFile, json: bool = False) -> Arrived | Rejected:
    try:
        mark = objects.mark(file.url)
        is_another = not file.put_away and file.hash.startswith("etag:") and mark != file.hash
        found = _read(file, is_another and file.version is None)
        # Of what has another's name by now the claimed version is read, which Spark can't.
        by_version = is_another and file.version is not None
        if json and _has_json_name(file):
            _refuse_magic(bytes(found.head), "JSON in UTF-8")
            return Arrived(file, plain=False, json=True, mark=None if by_version else mark)
        if json and found.head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith((b"[", b"{")):
            raise _UnfitError("JSON under a name that ends in none of .json, .jsonl and .ndjson; rename it")
        header, line = _header(bytes(found.head))
    except objects.ObjectGoneError:
        return Rejected(file, GONE)
    except IsADirectoryError:
        return Rejected(file, "it is a folder, not a file")
    except _UnfitError as unfit:
        return Rejected(file, str(unfit))
    return Arrived(
        file,
        header,
        line,
        plain=found.plain and _has_plain_name(file) and not by_version,
        mark=mark if header and not by_version else None,
    )


def is_zipped(file: InputFile) -> bool:
    return file.key.lower().endswith(".gz")


def _has_json_name(file: InputFile) -> bool:
    name = PurePosixPath(file.key.lower().removesuffix(".gz"))
    return name.suffix in (".json", ".jsonl", ".ndjson")


def text_of(file: InputFile) -> Iterator[bytes]:
    """The file's text, unzipped."""
    chunks = _chunks_of(file)
    return Gunzip().text(chunks) if is_zipped(file) else chunks


def _chunks_of(file: InputFile) -> Iterator[bytes]:
    """The file's bytes, at most a MiB at a time."""
    with objects.reading(file.url, file.version) as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk


@dataclass
class _Found:
    head: bytearray = field(default_factory=bytearray)
    """The first bytes of the text, one more than a line may have."""
    longest: int = 0
    """Bytes of the longest line that does not lie within one chunk; any other is shorter than that."""
    plain: bool = True

    def see(self, text: bytes) -> None:
        if len(self.head) <= LONGEST_LINE:
            self.head += text[: LONGEST_LINE + 1 - len(self.head)]
        ends = [place for place in (text.find(b"\n"), text.find(b"\r")) if place >= 0]
        self.longest += min(ends, default=len(text))
        self.plain &= self.longest <= LONGEST_LINE
        if ends:
            self.longest = len(text) - 1 - max(text.rfind(b"\n"), text.rfind(b"\r"))


def _read(file: InputFile, is_another: bool) -> _Found:
    """All of the file, found to be what was planned, unless it is known to be another."""
    algorithm, _, expected = file.hash.partition(":")
    digest = hashlib.new(algorithm) if algorithm in hashlib.algorithms_available else None
    size = 0

    def raw() -> Iterator[bytes]:
        nonlocal size
        for chunk in _chunks_of(file):
            size += len(chunk)
            if digest is not None:
                digest.update(chunk)
            yield chunk

    found, gunzip, chunks = _Found(), Gunzip(), raw()
    broken: BrokenGzipError | None = None
    try:
        for text in gunzip.text(chunks) if is_zipped(file) else chunks:
            found.see(text)
    except BrokenGzipError as error:
        # That the content changed, if it did, says more; so read on.
        broken = error
        for _ in chunks:
            pass
    if is_another or size != file.size or (digest is not None and digest.hexdigest() != expected):
        raise _UnfitError(
            "its content changed after the run was planned: "
            f"found {size} bytes, expected {file.size} with {file.hash[:19]}…; the next run takes the new one"
        )
    if broken is not None:
        raise _UnfitError(str(broken))
    found.plain &= not gunzip.padded
    return found


def _has_plain_name(file: InputFile) -> bool:
    """Hadoop hides names that begin with _ or a dot, trips over a colon, and unzips by a name's ending."""
    name = PurePosixPath(file.key).name
    ending = PurePosixPath(name).suffix
    return (
        not name.startswith(("_", "."))
        and ":" not in name
        and (ending.lower() in ("", ".csv", ".txt") or ending == ".gz")
    )


def _refuse_magic(head: bytes, wanted: str) -> None:
    for magic, kind in _KINDS.items():
        if head.startswith(magic):
            raise _UnfitError(kind.format(wanted))


def _header(head: bytes) -> tuple[tuple[str, ...], int]:
    """The first line that is not blank, as columns, and its number; no columns and 0 when there is none."""
    _refuse_magic(head, "CSV UTF-8")
    lines = io.BytesIO(head.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n"))
    for number, line in enumerate(lines, start=1):
        if line.strip(b" \n"):
            return _columns(line.rstrip(b"\n")), number
    if len(head) > LONGEST_LINE:
        raise _UnfitError(f"its first {LONGEST_LINE} bytes are blank")
    return (), 0


def _columns(line: bytes) -> tuple[str, ...]:
    if len(line) > LONGEST_LINE:
        raise _UnfitError(f"its first line is longer than {LONGEST_LINE} bytes")
    if line.count(0) >= len(line) // 4 > 0:
        raise _UnfitError("UTF-16 or binary, not UTF-8 text; save it as CSV UTF-8")
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _UnfitError("its first line is not UTF-8 text; save it as CSV UTF-8") from error
    if any(ord(letter) < 32 and letter != "\t" for letter in text):
        raise _UnfitError("binary, not text; save it as CSV UTF-8")
    with suppress(csv.Error):
        return tuple(next(csv.reader([text], strict=True)))
    for separator, word in SEPARATORS.items():
        with suppress(csv.Error):
            if len(next(csv.reader([text], strict=True, delimiter=separator))) > 1:
                raise _UnfitError(separated_by(word))
    raise _UnfitError("a broken quote in its first line; mend it")
