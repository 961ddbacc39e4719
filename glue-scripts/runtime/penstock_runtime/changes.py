"""What a run changes in a table: its accepted rows against those that are there, the newest winning."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from .contract import Dataset
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
    compared: Callable[[], DataFrame]
    """Of each row that the table has a version of, the primary key and its `outcome`; not asked where
    `counts` say enough."""
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
        return self._only("inserted")

    def updated(self) -> DataFrame:
        return self._only("updated")

    def changed(self) -> DataFrame:
        """Both."""
        return self._only("inserted", "updated")

    def _only(self, *outcomes: str) -> DataFrame:
        there = {outcome for outcome, rows in self.counts.items() if rows}
        if there <= set(outcomes):
            return self.rows
        if there.isdisjoint(outcomes):
            return self.rows.limit(0)
        # What is new was not found in the table, so the others are left out.
        anti = "inserted" in outcomes
        named = there - set(outcomes) if anti else outcomes
        found = self.compared().where(F.col("outcome").isin(*named)).drop("outcome")
        return self.rows.join(found, list(self.key), "left_anti" if anti else "left_semi")


def newest_first(dataset: Dataset) -> list[str]:
    """The columns that decide between two versions of a row, the weightiest first."""
    return [*dataset.newest_by, "_modified", "_source_file", "_line"]


def compare(rows: DataFrame, table: DataFrame, dataset: Dataset) -> DataFrame:
    """`Changes.compared`."""
    key = [quoted(name) for name in dataset.primary_key]
    order = [quoted(name) for name in newest_first(dataset)]
    mine = rows.selectExpr(*key, "_row_hash AS _mine", f"struct({', '.join(order)}) AS _my_order")
    theirs = table.selectExpr(*key, "_row_hash AS _theirs", f"struct({', '.join(order)}) AS _their_order")
    # The same version from the same line with another hash: the contract or the profile changed since.
    outcome = """CASE
        WHEN _mine = _theirs THEN 'unchanged'
        WHEN _my_order >= _their_order THEN 'updated'
        ELSE 'superseded'
    END AS outcome"""
    return mine.join(theirs, list(dataset.primary_key)).selectExpr(*key, outcome)
