"""Copies of files that Spark would misread, as plain text with one record a line.

That is rare. Most files are read as they are; a copy is made of

- one whose profile has records that span lines, since Spark can't split such text;
- one with a line so long that it would not fit into memory: it is cut, and quarantined as too long;
- one whose name means something to Hadoop, or which is padded gzip (see arrival.py).

A record that spans lines is written on one line and followed by as many empty ones as it spans more, so that
every record is on the line that it begins on. Line breaks within it are written as two letters: `unfolded` is
the way back.
"""

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from . import objects
from .arrival import LONGEST_LINE, Arrived, text_of
from .contract import Profile

_ESCAPE = "\x1b"
_CODES = {"\n": "n", "\r": "r", _ESCAPE: "e"}
_ESCAPED = re.compile(rb"[\n\r\x1b]")

_FIELD = rb'(?:[^",\r\n]*|"[^"]*(?:""[^"]*)*")'
_RECORD = re.compile(rb"%b(?:,%b)*" % (_FIELD, _FIELD))


class UnreadableError(Exception):
    """Where one record ends and the next begins can't be told; the message says why, and names the line."""


def write_plain(arrived: Arrived, profile: Profile, url: str) -> None:
    """Writes the file's plain copy, in bounded memory.

    Raises:
        UnreadableError: for a broken quote or a record that is too long, where records may span lines
    """
    text = text_of(arrived.file)
    with objects.writing(url) as out:
        if profile.multiline:
            _fold(text, out)
        else:
            for line in lines_in(text):
                out.write(line.rstrip(b"\r\n")[: LONGEST_LINE + 1] + b"\n")


def unfolded(value: str) -> str:
    """SQL: the record as it was, of a line of a copy with records that span lines."""
    for letter, code in _CODES.items():
        value = f"replace({value}, concat(char({ord(_ESCAPE)}), '{code}'), char({ord(letter)}))"
    return value


def _fold(text: Iterable[bytes], out: BinaryIO) -> None:
    record = bytearray()
    begun, is_open = 1, False
    for number, line in enumerate(lines_in(text), start=1):
        record += line
        is_open ^= line.count(b'"') % 2 == 1
        if len(record) > LONGEST_LINE:
            raise UnreadableError(
                f"a record longer than {LONGEST_LINE} bytes begins in line {begun}: too much, or a quote "
                "that is never closed; mend it and send the file again"
            )
        if not is_open:
            whole = record.rstrip(b"\r\n")
            if b'"' in whole and not _RECORD.fullmatch(whole):
                raise _broken(begun)
            out.write(_ESCAPED.sub(_code, whole) + b"\n" * (number + 1 - begun))
            record.clear()
            begun = number + 1
    if is_open:
        raise _broken(begun)


def _broken(line: int) -> UnreadableError:
    return UnreadableError(
        f"a broken quote in the record that begins in line {line}; records may span lines here, so what "
        "comes after it can't be told apart: mend it and send the file again"
    )


def _code(found: re.Match[bytes]) -> bytes:
    return (_ESCAPE + _CODES[found[0].decode()]).encode()


def lines_in(text: Iterable[bytes]) -> Iterator[bytes]:
    """The lines with their ends, which are \\n, \\r\\n or \\r; of too long a one, its beginning."""
    rest = b""
    for chunk in text:
        lines = (rest + chunk).splitlines(keepends=True)
        # It may go on in the next chunk; of \r\n half may be there.
        rest = lines.pop() if lines and not lines[-1].endswith(b"\n") else b""
        yield from lines
        if len(rest) > LONGEST_LINE + 1:
            rest = rest[: LONGEST_LINE + 1] + (b"\r" if rest.endswith(b"\r") else b"")
    if rest:
        yield rest
