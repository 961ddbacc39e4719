"""Rows of a small input that are kept while a run reads them more than once."""

from contextlib import ExitStack

from pyspark import StorageLevel
from pyspark.sql import DataFrame

from .manifest import Manifest

_LITTLE = 32 << 20
"""Bytes. Of a small input it is Spark's queries that cost, so one less is worth it. Of a large one, keeping
all rows costs more than reading once more the few that have to be set aside, if there are any."""


class Kept:
    """As long as it is open; what does not fit into memory is on disk."""

    def __init__(self, manifest: Manifest, end: ExitStack) -> None:
        self.is_little = sum(file.size for file in manifest.files) <= _LITTLE
        self._end = end

    def __call__(self, rows: DataFrame) -> DataFrame:
        """The same rows, computed when they are first read and not again, unless the input is large."""
        if not self.is_little:
            return rows
        kept = rows.persist(StorageLevel.MEMORY_AND_DISK)
        self._end.callback(kept.unpersist)
        return kept
