"""The values of a JSON list one by one, in bounded memory, however long the list is."""

import codecs
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from .arrival import LONGEST_LINE
from .json_values import LENIENT, NOT_JSON

_NOT_BLANK = re.compile(r"[^ \t\r\n]")
_CUT_WORD = re.compile(r"[-+.\w]*\s*")


class UnreadableJsonError(Exception):
    """Where one record ends and the next begins can't be told; the message says why, and names the line."""


def values_in_list(text: Iterable[bytes]) -> Iterator[tuple[int, str, Any]]:
    """Each value of the list with the line that it begins on and its text.

    Raises:
        UnreadableJsonError: once it comes to where the list is broken or cut off, or to what follows its end
    """
    window = _Window(_decoded(text))
    window.letter()
    begun = window.line
    window.pass_over(1)
    if window.letter() != "]":
        while True:
            value, raw = window.value(begun)
            yield window.line, raw, value
            window.pass_over(len(raw))
            letter = window.letter()
            if letter == "]":
                break
            if letter != ",":
                raise (
                    _cut_off(begun) if letter == "" else _broken(window.line, "no comma between two records")
                )
            window.pass_over(1)
            if window.letter() == "]":
                raise _broken(window.line, "a comma before the list's end")
    window.pass_over(1)
    if window.letter():
        raise _broken(window.line, "something comes after the list's end")


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
                value, end = LENIENT.raw_decode(self._text, self._at)
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
        f"a record longer than {LONGEST_LINE} bytes begins in line {line}: too much, or a quote that is "
        "never closed; mend it and send the file again"
    )


def _cut_off(line: int) -> UnreadableJsonError:
    return UnreadableJsonError(
        f"truncated JSON: the list that begins in line {line} has no end; send it again"
    )
