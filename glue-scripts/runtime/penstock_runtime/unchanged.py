"""Files stay what was hashed until they have been read for the last time.

Spark reads them by their names, after they were hashed and more than once: what takes the place of one in
between would be loaded as what was planned. So each is looked at once more in the end, before anything is
made of the rows.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from . import objects
from .arrival import Arrived


class FileChangedError(Exception):
    """A file was replaced or deleted while it was read; the message names it, and says what comes next."""


@contextmanager
def unchanged(files: Sequence[Arrived]) -> Iterator[None]:
    """Sees in the end that the files are still what they were.

    Raises:
        FileChangedError: when one is not; also in place of what Spark makes of that
    """
    try:
        yield
    except Exception as error:
        _look(files, error)
        raise
    _look(files)


def _look(files: Sequence[Arrived], error: Exception | None = None) -> None:
    read = [each for each in files if each.mark is not None]
    with ThreadPoolExecutor(max_workers=16) as pool:
        marks = list(pool.map(lambda each: objects.mark(each.file.url), read))
    for each, mark in zip(read, marks, strict=True):
        if mark != each.mark:
            raise FileChangedError(_told(each, is_gone=mark is None)) from error


def _told(arrived: Arrived, is_gone: bool) -> str:
    what = "was deleted" if is_gone else "was replaced by another content"
    then = (
        "what is there now" if arrived.file.version is None else "a copy of the version that this run is of"
    )
    return f"{arrived.file.key} {what} while it was read. Nothing is published; the next attempt reads {then}"
