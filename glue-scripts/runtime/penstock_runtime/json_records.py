"""The records of a JSON text in bounded memory: a list of objects, or one object a line.

A value is its text in the file, a number as it was written, a string without its quotes and escapes; `true` and
`false` are those words, an object or a list within a record is its JSON; `null`, an empty string and a field that
isn't there are all empty. `NaN` and `Infinity`, which some writers leave, are such words, for a cast to refuse.
"""

import codecs
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from .arrival import LONGEST_LINE
from .plain import lines_in

_CUT = 10_000
"""Letters of an over-long line that are kept."""

NOT_JSON = "not JSON"


class UnreadableJsonError(Exception):
    """Where one record ends and the next begins can't be told; the message says why, and names the line."""


@dataclass(frozen=True)
class Record:
    line: int
    """The line that it begins on, counted from 1; where several begin on one, the next numbers, so that no two
    records have the same."""
    raw: str
    """Its text; U+FFFD stands for what is no UTF-8."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """Its values that are not empty."""
    twice: frozenset[str] = frozenset()
    """Names that it gives more than once."""
    problem: str | None = None
    """Why it is no row."""


class _Number(str):
    """Its text, so that no digit is lost; written without quotes where it is nested."""


class _Fields(dict[str, Any]):
    twice: frozenset[str] = frozenset()


def _fields(pairs: list[tuple[str, Any]]) -> _Fields:
    fields = _Fields(pairs)
    if len(fields) < len(pairs):
        names = Counter(name for name, _ in pairs)
        fields.twice = frozenset(name for name, times in names.items() if times > 1)
    return fields


def _decoder(strict: bool) -> json.JSONDecoder:
    return json.JSONDecoder(
        strict=strict,
        parse_float=_Number,
        parse_int=_Number,
        parse_constant=_Number,
        object_pairs_hook=_fields,
    )


_STRICT = _decoder(strict=True)
# Takes control characters within a string, which cost their record only: its end is known.
_LENIENT = _decoder(strict=False)


def records_in(text: Iterable[bytes]) -> Iterator[Record]:
    """In the order of the file. A line that is none is a record with a problem.

    Raises:
        UnreadableJsonError: when a list is broken, cut off, or followed by something else; only once what comes
            before has been told
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
        return _record(raw, line, _STRICT.decode(raw))
    except (ValueError, RecursionError):
        return Record(line, raw, problem=NOT_JSON)


def _record(raw: str, line: int, value: Any) -> Record:
    if not isinstance(value, _Fields):
        return Record(line, _shown(raw), problem="not a JSON object")
    try:
        fields = {name: text for name, found in value.items() if (text := _text(found))}
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


def _text(value: Any) -> str:
    if isinstance(value, str):
        return str(value)
    return "" if value is None else _json(value)


def _json(value: Any) -> str:
    if isinstance(value, _Number):
        return str(value)
    if isinstance(value, dict):
        pairs = (f"{json.dumps(name, ensure_ascii=False)}:{_json(each)}" for name, each in value.items())
        return "{" + ",".join(pairs) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(_json, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


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
    window = _Window(_decoded(text))
    window.letter()
    begun = window.line
    window.pass_over(1)
    is_first = True
    while not (is_first and window.letter() == "]"):
        is_first = False
        if window.letter() == "]":
            raise _broken(window.line, "a comma before the list's end")
        value, raw = window.value(begun)
        yield window.line, raw, _if_strict(raw, value)
        window.pass_over(len(raw))
        letter = window.letter()
        if letter == "]":
            break
        if letter != ",":
            raise _cut_off(begun) if letter == "" else _broken(window.line, "no comma between two records")
        window.pass_over(1)
    window.pass_over(1)
    if window.letter():
        raise _broken(window.line, "something comes after the list's end")


def _if_strict(raw: str, value: Any) -> tuple[Any] | None:
    return None if _CONTROL.search(raw) else (value,)


class _Window:
    """The part of a list that is being read: from where it is at, to the end of what has come."""

    def __init__(self, chunks: Iterator[str]) -> None:
        self.line = 1
        self._chunks = chunks
        self._text = ""
        self._at = 0

    def letter(self) -> str:
        """The next that is not blank, which is where the window is at then; empty at the end."""
        while True:
            found = _NOT_BLANK.search(self._text, self._at)
            if found:
                self.pass_over(found.start() - self._at)
                return found[0]
            self.pass_over(len(self._text) - self._at)
            if not self._more():
                return ""

    def pass_over(self, letters: int) -> None:
        if letters:
            end = self._at + letters
            # Most records are on one line.
            if self._text.find("\n", self._at, end) >= 0 or self._text.find("\r", self._at, end) >= 0:
                self.line += _ends(self._text[self._at : end])
            self._at = end

    def value(self, begun: int) -> tuple[Any, str]:
        """The value that begins here, and its text."""
        while True:
            try:
                value, end = _LENIENT.raw_decode(self._text, self._at)
                # A number may go on.
                if end == len(self._text) and self._more():
                    continue
                if end - self._at > LONGEST_LINE:
                    raise _too_long(self.line)
                return value, self._text[self._at : end]
            except json.JSONDecodeError as error:
                if not _is_cut(error, self._text):
                    line = self.line + _ends(self._text[self._at : error.pos])
                    raise _broken(line, error.msg[:1].lower() + error.msg[1:]) from error
            except RecursionError as error:
                raise _broken(self.line, "nested too deep") from error
            if len(self._text) - self._at > LONGEST_LINE:
                raise _too_long(self.line)
            if not self._more():
                raise _cut_off(begun)

    def _more(self) -> bool:
        chunk = next(self._chunks, None)
        if chunk is None:
            return False
        self._text = self._text[self._at :] + chunk
        self._at = 0
        return True


_CONTROL = re.compile(r"[\x00-\x1f]")
_NOT_BLANK = re.compile(r"[^ \t\r\n]")
_CUT_WORD = re.compile(r"[-+.\w]*\s*")


def _is_cut(error: json.JSONDecodeError, text: str) -> bool:
    """Whether the value may be right, had it not been cut off by the end of the text."""
    rest = text[error.pos : error.pos + 40]
    return error.msg.startswith("Unterminated") or (
        error.pos + 40 > len(text) and _CUT_WORD.fullmatch(rest) is not None
    )


def _ends(text: str) -> int:
    """Ends of lines, which are \\n, \\r\\n or \\r."""
    return text.count("\n") + text.count("\r") - text.count("\r\n")


def _decoded(text: Iterable[bytes]) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    rest = ""
    for chunk in text:
        found = rest + decoder.decode(chunk)
        # Of \r\n half may be there.
        rest = "\r" if found.endswith("\r") else ""
        yield found.removesuffix(rest) if rest else found
    if rest := rest + decoder.decode(b"", final=True):
        yield rest


def _broken(line: int, what: str) -> UnreadableJsonError:
    return UnreadableJsonError(
        f"{NOT_JSON} in line {line}: {what}; in a list what comes after it can't be told apart: mend it and "
        "send the file again"
    )


def _too_long(line: int) -> UnreadableJsonError:
    return UnreadableJsonError(
        f"a record longer than {LONGEST_LINE} bytes begins in line {line}: too much, or a quote that is never "
        "closed; mend it and send the file again"
    )


def _cut_off(line: int) -> UnreadableJsonError:
    return UnreadableJsonError(
        f"truncated JSON: the list that begins in line {line} has no end; send it again"
    )
