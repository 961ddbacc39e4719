"""Unzips a stream in bounded memory, and says what is wrong with one that can't be."""

import zlib
from collections.abc import Iterable, Iterator
from typing import Any

PIECE = 1 << 20
"""Bytes that come out at a time."""

_LARGE = 1 << 30
_RATIO = 200
"""What is larger than this and this many times what it was unzipped from is no data: rows of numbers give
5 to 20 times, and gzip at most 1,032."""


class BrokenGzipError(Exception):
    """It is cut off, no gzip, or a bomb; the message says what would mend it."""


class Gunzip:
    def __init__(self) -> None:
        self.padded = False
        """Zeros stand behind a member, as some tools leave them; Hadoop fails on them."""

    def text(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """The text of all members, one after the other.

        Raises:
            BrokenGzipError: once it is found to be that
        """
        member, members, begun = _member(), 0, False
        read = size = 0
        for chunk in chunks:
            read += len(chunk)
            rest = chunk
            while rest:
                if members and not begun and rest[0] == 0:
                    rest, self.padded = rest.lstrip(b"\0"), True
                    continue
                begun = True
                for piece in _pieces(member, rest):
                    size += len(piece)
                    if size > max(_LARGE, _RATIO * read):
                        raise BrokenGzipError(
                            f"it unzips to more than {_LARGE >> 20} MiB and {_RATIO} times its size, as "
                            "a gzip bomb does; send it unzipped"
                        )
                    yield piece
                rest = member.unused_data
                if member.eof:
                    member, members, begun = _member(), members + 1, False
        if begun:
            raise BrokenGzipError("truncated gzip: it ends in the middle; send it again")


# The class of such an object has no public name.
def _member() -> Any:
    return zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)


def _pieces(member: Any, zipped: bytes) -> Iterator[bytes]:
    try:
        yield member.decompress(zipped, PIECE)
        # At the end of a member that is what comes after it, for ever.
        while member.unconsumed_tail and not member.eof:
            yield member.decompress(member.unconsumed_tail, PIECE)
    except zlib.error as error:
        raise BrokenGzipError(f"broken gzip: {error}; send it again") from error
