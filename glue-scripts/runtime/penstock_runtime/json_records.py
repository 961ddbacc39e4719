"""The records of a JSON text in bounded memory: a list of objects, or one object a line.

A value is its text in the file: a number as it was written, a string without its quotes and escapes; `true`
and `false` are those words, an object or a list within a record is its JSON; `null`, an empty string and a
field that isn't there are all empty. `NaN` and `Infinity`, which some writers leave, are those words, for a
cast to refuse.
"""

import codecs
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from .arrival import LONGEST_LINE
from .json_list import UnreadableJsonError, values_in_list
from .json_values import NOT_JSON, STRICT, Fields, text_of_value
from .plain import lines_in

_CUT = 10_000
"""Letters of an over-long line that are kept."""

_CONTROL = re.compile(r"[\x00-\x1f]")


@dataclass(frozen=True)
class Record:
    line: int
    """The line that it begins on, counted from 1; where several begin on one, the next numbers, so that no
    two records have the same."""
    raw: str
    """Its text; U+FFFD stands for what is no UTF-8."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """Its values that are not empty."""
    twice: frozenset[str] = frozenset()
    """Names that it gives more than once."""
    problem: str | None = None
    """Why it is no row."""


def records_in(text: Iterable[bytes]) -> Iterator[Record]:
    """In the order of the file. A line that is none is a record with a problem.

    Raises:
        UnreadableJsonError: once it comes to where a list is broken or cut off, or to what follows its end
    """
    chunks = iter(_without_mark(text))
    head = b""
    for chunk in chunks:
        head += chunk
        if head.strip(b" \t\r\n"):
            break
        if len(head) > LONGEST_LINE:
            raise UnreadableJsonError(f"its first {LONGEST_LINE} bytes are blank")
    is_list = head.lstrip(b" \t\r\n").startswith(b"[")
    last = 0
    for line, raw, value in (_of_list if is_list else _of_lines)(chain([head], chunks)):
        last = max(line, last + 1)
        yield record(raw, last) if value is None else _record(raw, last, *value)


def record(raw: str, line: int) -> Record:
    """The record of one line, or of a text that was a record before."""
    if 4 * len(raw) > LONGEST_LINE and len(raw.encode("utf-8", "surrogateescape")) > LONGEST_LINE:
        return Record(line, _shown(raw)[:_CUT], problem=f"longer than {LONGEST_LINE} bytes")
    if not _is_unicode(raw):
        return Record(line, _shown(raw), problem="invalid UTF-8")
    if "\0" in raw:
        return Record(line, raw, problem="NUL byte")
    try:
        return _record(raw, line, STRICT.decode(raw))
    except (ValueError, RecursionError):
        return Record(line, raw, problem=NOT_JSON)


def _record(raw: str, line: int, value: Any) -> Record:
    if not isinstance(value, Fields):
        return Record(line, _shown(raw), problem="not a JSON object")
    try:
        fields = {name: text for name, found in value.items() if (text := text_of_value(found))}
    except RecursionError:
        return Record(line, raw, problem=NOT_JSON)
    # An escape may say what no text can hold.
    if "\\u" in raw or not raw.isascii():
        everything = "".join([raw, *fields.values()])
        if not _is_unicode(everything):
            return Record(line, _shown(raw), problem="invalid UTF-8")
        if "\0" in everything:
            return Record(line, raw, problem="NUL byte")
    return Record(line, raw, fields, value.twice)


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _shown(raw: str) -> str:
    return raw.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _without_mark(text: Iterable[bytes]) -> Iterator[bytes]:
    head: bytes | None = b""
    for chunk in text:
        if head is None:
            yield chunk
        elif len(head := head + chunk) >= len(codecs.BOM_UTF8):
            yield head.removeprefix(codecs.BOM_UTF8)
            head = None
    if head:
        yield head


_Found = tuple[int, str, tuple[Any] | None]
"""A record's line, its text, and its value in a tuple; None when it is still to be read."""


def _of_lines(text: Iterable[bytes]) -> Iterator[_Found]:
    for number, line in enumerate(lines_in(text), start=1):
        if line.strip(b" \t\r\n"):
            yield number, line.rstrip(b"\r\n").decode("utf-8", "surrogateescape"), None


def _of_list(text: Iterable[bytes]) -> Iterator[_Found]:
    for line, raw, value in values_in_list(text):
        yield line, raw, None if _CONTROL.search(raw) else (value,)
