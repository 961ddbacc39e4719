"""Unzipping in pieces, whatever the pieces. Without Spark."""

import gzip
import random
from collections.abc import Iterator

import pytest
from penstock_runtime import gunzip
from penstock_runtime.gunzip import PIECE, BrokenGzipError, Gunzip

_LONG = b"0123456789abcdef\n" * (3 * PIECE // 17)
_NOISE = random.Random(7).randbytes(PIECE + PIECE // 2)


def _chunks(data: bytes, size: int) -> Iterator[bytes]:
    return (data[at : at + size] for at in range(0, len(data), size))


@pytest.mark.parametrize("size", [4096, 65_537, 1 << 22])
@pytest.mark.parametrize(
    "members",
    [[], [b""], [b"a"], [b"a", b"", b"b"], [_LONG, b"x\n", _LONG], [_NOISE, _LONG, _NOISE]],
    ids=["no member", "an empty one", "one", "three", "large ones", "larger than a piece, zipped"],
)
def test_all_members_come_out_in_small_pieces(members: list[bytes], size: int) -> None:
    unzip = Gunzip()
    pieces = list(unzip.text(_chunks(b"".join(map(gzip.compress, members)), size)))
    assert b"".join(pieces) == b"".join(members)
    assert max(map(len, pieces), default=0) <= PIECE
    assert not unzip.padded


@pytest.mark.parametrize("size", [1, 7, 4096])
def test_zeros_behind_a_member_are_passed_over_and_told(size: int) -> None:
    unzip = Gunzip()
    data = gzip.compress(b"a") + bytes(100) + gzip.compress(b"b") + bytes(100)
    assert b"".join(unzip.text(_chunks(data, size))) == b"ab"
    assert unzip.padded


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (gzip.compress(_NOISE)[:-9], "truncated gzip: it ends in the middle; send it again"),
        (
            gzip.compress(b"a") + gzip.compress(b"b")[:5],
            "truncated gzip: it ends in the middle; send it again",
        ),
        (
            b"id,kind\n",
            "broken gzip: Error -3 while decompressing data: incorrect header check; send it again",
        ),
        (
            gzip.compress(b"a") + b"tail",
            "broken gzip: Error -3 while decompressing data: incorrect header check; send it again",
        ),
        (bytes(9), "broken gzip: Error -3 while decompressing data: incorrect header check; send it again"),
    ],
    ids=["cut", "cut in its second member", "text", "text behind it", "zeros"],
)
def test_what_is_no_gzip_is_told_with_what_mends_it(data: bytes, reason: str) -> None:
    with pytest.raises(BrokenGzipError, match=f"^{reason}$"):
        list(Gunzip().text(_chunks(data, 4096)))


def test_a_bomb_is_given_up_once_it_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gunzip, "_LARGE", 4 * PIECE)
    unzipped = 0
    reason = "^it unzips to more than 4 MiB and 200 times its size, as a gzip bomb does; send it unzipped$"
    with pytest.raises(BrokenGzipError, match=reason):
        for piece in Gunzip().text(_chunks(gzip.compress(bytes(64 * PIECE)), 4096)):
            unzipped += len(piece)
    assert unzipped == 4 * PIECE
    # As large, or as many times its size, but not both.
    assert sum(map(len, Gunzip().text([gzip.compress(bytes(4 * PIECE))]))) == 4 * PIECE
    assert sum(map(len, Gunzip().text([gzip.compress(_NOISE * 4)]))) == 4 * len(_NOISE)
