"""Rows whose parent has not arrived: they wait in quarantine, and go through when it comes.

A foreign key is looked for among the parent's table and what the same run accepted of it; a job lists parents
before what refers to them.
"""

from collections.abc import Mapping, Sequence

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


Parents = Mapping[str, Sequence[DataFrame]]
"""By dataset, the keys that are there, from each place where there may be some: each once there."""


def with_parents(rows: DataFrame, dataset: Dataset, parents: Parents) -> DataFrame:
    """The rows with one column more for each foreign key: the parent's key, NULL where there is none."""
    for place, key in enumerate(dataset.foreign_keys):
        found = []
        # A join with each costs less than bringing them together, since a key may lie in two.
        for source, keys in enumerate(parents[key.dataset]):
            name = f"{_parent(place)}_{source}"
            keys = keys.select(F.col(quoted(key.key)).alias(name))
            rows = rows.join(keys, F.col(quoted(key.column)) == F.col(name), "left")
            found.append(name)
        rows = rows.withColumn(_parent(place), F.coalesce(*found))
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
    accepted: Mapping[str, int],
) -> Parents:
    """Of each dataset that this one refers to. `accepted`: how many rows of it this run has accepted, which
    may not be published yet."""
    by_name = {each.name: each for each in datasets}
    found = {}
    for key in dataset.foreign_keys:
        parent = by_name[key.dataset]
        fresh = accepted.get(parent.name, 0)
        rows = [cleaned_rows(spark, arguments, parent, fresh)] if fresh else []
        table = curated(arguments, parent)
        if not rows or format_of(parent).current_id(spark, table) is not None:
            rows.append(spark.table(table))
        found[parent.name] = [each.select(quoted(key.key)) for each in rows]
    return found


def _parent(place: int) -> str:
    return f"_parent_{place}"
