"""Rows whose parent has not arrived: they wait in quarantine, and go through when it comes.

A foreign key is looked for among the parent's table and what the same run accepted of it; a job lists parents
before what refers to them.
"""

from collections.abc import Mapping, Sequence
from functools import reduce

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from .arguments import Arguments
from .cleaned_rows import cleaned_rows
from .contract import Dataset, ForeignKey
from .formats import format_of
from .raw import quoted
from .tables import curated

PREFIX = "orphan: "
"""What every reason of this kind begins with."""

ALL_ORPHAN = f"forall(reasons, reason -> startswith(reason, '{PREFIX}'))"
"""SQL: whether a row in quarantine waits for its parents and for nothing else."""


def reason(key: ForeignKey) -> str:
    return f"{PREFIX}{key.column} is not in {key.dataset}"


def with_parents(rows: DataFrame, dataset: Dataset, parents: Mapping[str, DataFrame]) -> DataFrame:
    """The rows with one column more for each foreign key: the parent's key, NULL where there is none."""
    for place, key in enumerate(dataset.foreign_keys):
        keys = parents[key.dataset].select(F.col(quoted(key.key)).alias(_parent(place)))
        rows = rows.join(keys, F.col(quoted(key.column)) == F.col(_parent(place)), "left")
    return rows


def is_orphan(dataset: Dataset, key: ForeignKey) -> str:
    """SQL, over what `with_parents` gives: whether the row names a parent that is not there."""
    place = list(dataset.foreign_keys).index(key)
    return f"{quoted(key.column)} IS NOT NULL AND {_parent(place)} IS NULL"


def parents_of(
    spark: SparkSession,
    arguments: Arguments,
    dataset: Dataset,
    datasets: Sequence[Dataset],
    fresh: Sequence[str],
) -> dict[str, DataFrame]:
    """For each dataset that this one refers to, the keys that are there, each once.

    `fresh` names those of which the run has accepted rows, published or not.
    """
    by_name = {each.name: each for each in datasets}
    found = {}
    for key in dataset.foreign_keys:
        parent = by_name[key.dataset]
        rows = [cleaned_rows(spark, arguments, parent)] if parent.name in fresh else []
        table = curated(arguments, parent)
        if not rows or format_of(parent).current_id(spark, table) is not None:
            rows.append(spark.table(table))
        keys = [each.select(quoted(key.key)) for each in rows]
        # Either has each key once; together they may have it twice.
        found[parent.name] = keys[0] if len(keys) == 1 else reduce(DataFrame.unionByName, keys).distinct()
    return found


def _parent(place: int) -> str:
    return f"_parent_{place}"
