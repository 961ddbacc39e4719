"""What a run changes in a table: its accepted rows against those that are there, the newest winning."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from .contract import Dataset
from .duplicates import newest_first
from .lineage_columns import LINEAGE
from .raw import quoted

OUTCOMES = ("inserted", "updated", "unchanged", "superseded")
"""What becomes of an accepted row: it is new, newer than the table's, the same, or older."""


@dataclass(frozen=True)
class Changes:
    run_id: str
    dataset: Dataset
    rows: DataFrame
    """The run's accepted rows, one per primary key."""
    compared: DataFrame | None
    """Each row's primary key and its `outcome`; None when the table is empty,
    and every row is new."""
    counts: Mapping[str, int]
    """Rows by outcome."""
    before: int
    """Rows in the table."""

    @property
    def has_updates(self) -> bool:
        return self.counts.get("updated", 0) > 0

    @property
    def key(self) -> Sequence[str]:
        return self.dataset.primary_key

    @property
    def columns(self) -> Sequence[str]:
        return [*[column.name for column in self.dataset.columns], *LINEAGE]

    def inserted(self) -> DataFrame:
        return self.rows if self.compared is None else self._only("inserted", self.compared)

    def updated(self) -> DataFrame:
        return self.rows.limit(0) if self.compared is None else self._only("updated", self.compared)

    def _only(self, outcome: str, compared: DataFrame) -> DataFrame:
        chosen = compared.where(F.col("outcome") == outcome).drop("outcome")
        return self.rows.join(chosen, list(self.key), "left_semi")


def compare(rows: DataFrame, table: DataFrame, dataset: Dataset) -> DataFrame:
    """`Changes.compared`."""
    key = [quoted(name) for name in dataset.primary_key]
    order = [quoted(name) for name in newest_first(dataset)]
    mine = rows.selectExpr(*key, "_row_hash AS _mine", f"struct({', '.join(order)}) AS _my_order")
    theirs = table.selectExpr(*key, "_row_hash AS _theirs", f"struct({', '.join(order)}) AS _their_order")
    # The same version from the same line with another hash: the contract or the profile changed since.
    outcome = """CASE
        WHEN _their_order IS NULL THEN 'inserted'
        WHEN _mine = _theirs THEN 'unchanged'
        WHEN _my_order >= _their_order THEN 'updated'
        ELSE 'superseded'
    END AS outcome"""
    return mine.join(theirs, list(dataset.primary_key), "left").selectExpr(*key, outcome)
