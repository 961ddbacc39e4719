"""Looks at each file of the manifest before Spark does: is it what was planned, whole, and text?"""

import csv
import hashlib
import io
import zlib
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass

from . import objects
from .manifest import InputFile

LONGEST_LINE = 1 << 20
"""Bytes. A longer header rejects the file, a longer row is quarantined."""

_CHUNK = 1 << 20


@dataclass(frozen=True)
class Arrived:
    """A file that can be read; without a header it holds nothing but blank lines."""

    file: InputFile
    header: tuple[str, ...] = ()
    header_line: int = 0
    """The header's line, 1 unless blank lines come before it."""


@dataclass(frozen=True)
class Rejected:
    """A file that is left out whole."""

    file: InputFile
    reason: str


class _UnfitError(Exception):
    """Why a file is rejected."""


def arrivals(files: Iterable[InputFile]) -> list[Arrived | Rejected]:
    """In the files' order. Reads each from end to end, a few at a time, in bounded memory."""
    with ThreadPoolExecutor(max_workers=4) as pool:
        return list(pool.map(arrival, files))


def arrival(file: InputFile) -> Arrived | Rejected:
    try:
        head = _head(file)
        return _with_header(file, head)
    except objects.ObjectGoneError:
        return Rejected(file, "it is gone: deleted after the run was planned")
    except _UnfitError as unfit:
        return Rejected(file, str(unfit))


def _head(file: InputFile) -> bytes:
    """The first bytes of the text, once all of the file has been read and found to be what was planned."""
    algorithm, _, expected = file.hash.partition(":")
    digest = hashlib.new(algorithm) if algorithm in hashlib.algorithms_available else None
    head = bytearray()
    broken: _UnfitError | None = None
    size = 0
    with objects.reading(file.url) as stream:

        def raw() -> Iterator[bytes]:
            nonlocal size
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                if digest is not None:
                    digest.update(chunk)
                yield chunk

        chunks = raw()
        try:
            for text in _unzipped(chunks) if file.key.lower().endswith(".gz") else chunks:
                if len(head) <= LONGEST_LINE:
                    head += text[: LONGEST_LINE + 1 - len(head)]
        except _UnfitError as unfit:
            # That the content changed, if it did, says more; so read on.
            broken = unfit
            for _ in chunks:
                pass
    if size != file.size or (digest is not None and digest.hexdigest() != expected):
        raise _UnfitError(
            "its content changed after the run was planned: "
            f"found {size} bytes, expected {file.size} with {file.hash[:19]}…; the next run takes the new one"
        )
    if broken is not None:
        raise broken
    return bytes(head)


def _unzipped(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The text of a gzip file, which may have several members one after the other."""
    member = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    begun = False
    try:
        for chunk in chunks:
            rest = chunk
            while rest:
                begun = True
                yield member.decompress(rest, _CHUNK)
                while member.unconsumed_tail:
                    yield member.decompress(member.unconsumed_tail, _CHUNK)
                rest = member.unused_data
                if member.eof:
                    # Padding with zeros behind the last member is allowed.
                    rest = rest.lstrip(b"\0")
                    member, begun = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16), False
    except zlib.error as error:
        raise _UnfitError(f"broken gzip: {error}; send it again") from error
    if begun:
        raise _UnfitError("truncated gzip: it ends in the middle; send it again")


def _with_header(file: InputFile, head: bytes) -> Arrived | Rejected:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _UnfitError("UTF-16, not UTF-8; save it as CSV UTF-8")
    if head.startswith(b"\x1f\x8b"):
        raise _UnfitError("gzip content under a name that does not end in .gz; rename it")
    lines = io.BytesIO(head.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n"))
    for number, line in enumerate(lines, start=1):
        if line.strip(b" \n"):
            return Arrived(file, _columns(line.rstrip(b"\n")), number)
    return Arrived(file)


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
        raise _UnfitError("binary, not text")
    with suppress(csv.Error):
        columns = next(csv.reader([text], strict=True))
        return tuple(columns)
    raise _UnfitError("a broken quote in its first line")
