"""What a table's format does for a run: one module each, with the same functions."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from pyspark.sql import DataFrame, SparkSession

from .changes import Changes


@dataclass(frozen=True)
class Snapshot:
    id: str
    """As text: it exceeds 2^53. Of a Delta table its version."""
    rows: int


@dataclass(frozen=True)
class Staging:
    """Where the changes wait for the gates."""

    branch: str | None
    """None where the format has none."""
    snapshot_id: str | None
    """None until they are published, where the format has no branches."""
    rows: int
    """In the table, once they are published."""


class TableFormat(Protocol):
    """Tables are known by what Spark calls them."""

    def name(self, catalog: str, database: str, warehouse: str, dataset: str) -> str: ...

    def exists(self, spark: SparkSession, table: str) -> bool: ...

    def unshaped(self, spark: SparkSession, table: str) -> bool:
        """Whether somebody made the table without what its contract says of it: no more than its columns."""

    def current(self, spark: SparkSession, table: str) -> Snapshot | None:
        """What people query; None when nothing was ever written."""

    def current_id(self, spark: SparkSession, table: str) -> str | None:
        """Of `current` the id alone, which costs less."""

    def published(self, spark: SparkSession, table: str, run_id: str) -> bool:
        """Whether the table as it is now comes from what the run published."""

    def write_to_branch(
        self, spark: SparkSession, table: str, rows: DataFrame, run_id: str
    ) -> Sequence[str] | None:
        """Writes a run's rows to its branch before it is known which of them are new; returns the files, by
        URL. None, and nothing written, where the format has no branches."""

    def stage(self, spark: SparkSession, table: str, changes: Changes) -> Staging:
        """Makes the changes ready, unseen by whoever queries."""

    def discard(self, spark: SparkSession, table: str, run_id: str) -> None:
        """Removes what the run staged; what is published stays."""

    def publish(self, spark: SparkSession, table: str, changes: Changes, base: str | None) -> None:
        """Makes them seen, all at once. `base` is the snapshot that they were compared with; fails when the
        table has moved on from it."""

    def set_current(self, spark: SparkSession, table: str, snapshot_id: str) -> None:
        """Makes the table what it was at the snapshot; done twice, it does no more."""

    def compact(self, spark: SparkSession, table: str) -> int:
        """Puts small files together; returns how many."""

    def expire(
        self, spark: SparkSession, table: str, keep: Collection[str], readers: datetime, branches: datetime
    ) -> int:
        """Removes what can't be queried any more, but what `keep` needs; returns how much went."""

    def remove_orphans(self, spark: SparkSession, table: str) -> int:
        """Removes files that no snapshot knows; returns how many."""
