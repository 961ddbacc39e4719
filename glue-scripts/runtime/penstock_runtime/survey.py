"""A first, cheap pass over the text: how many lines each split of each file has, and whether any is odd.

Spark splits files and gives rows no line numbers. A row's place within its task is known, though
(`monotonically_increasing_id`), and each task reads whole splits in order, so the line that a split begins
with is all that is missing: the number of lines in the splits before it. The second pass then numbers
its lines exactly without moving them. That both passes split the files alike is session.py's doing, and
reading the same files in the same order.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from . import objects
from .arrival import LONGEST_LINE, Arrived
from .contract import Profile
from .plain import unfolded

BLANK = "trim(value) = ''"
"""SQL: a line that counts but is no row."""


@dataclass(frozen=True)
class Group:
    """Files of one profile with their columns in one order: what one parser reads."""

    profile: Profile
    columns: tuple[str, ...]
    """The profile's names, in the files' order."""
    files: tuple[Arrived, ...]


@dataclass(frozen=True)
class Split:
    """One split of one file."""

    group: int
    path: str
    """As Spark writes it in `_metadata.file_path`."""
    block: int
    """The byte that it begins at."""
    first: int
    """Its first line's place within its task."""
    lines: int
    blank: int
    odd: int
    """Lines that can't be parsed as text."""


def numbered_text(spark: SparkSession, group: Group) -> DataFrame:
    """The lines of the group's files: `value`, `path`, `block` and `place`, its number within its task."""
    paths = [literal_path(objects.spark_path(arrived.url)) for arrived in group.files]
    return spark.read.text(paths).select(
        F.expr(unfolded("value") if group.profile.multiline else "value").alias("value"),
        F.col("_metadata.file_path").alias("path"),
        F.col("_metadata.file_block_start").alias("block"),
        F.monotonically_increasing_id().bitwiseAND((1 << 33) - 1).alias("place"),
    )


def literal_path(path: str) -> str:
    """The path as a pattern that only it matches, since its name may hold what would be one.

    With Spark's option `__globPaths__` off instead, each such name reads the whole list once more.
    """
    return re.sub(r"([\\{}\[\]*?])", r"\\\1", path)


def survey(spark: SparkSession, groups: Sequence[Group]) -> list[Split]:
    """All splits of all groups, by one job."""
    counted: DataFrame | None = None
    for index, group in enumerate(groups):
        splits = (
            numbered_text(spark, group)
            .groupBy("path", "block")
            .agg(
                F.min("place").alias("first"),
                F.count("*").alias("lines"),
                F.expr(f"count_if({BLANK})").alias("blank"),
                F.expr(f"count_if({odd_text('value')} IS NOT NULL)").alias("odd"),
            )
            .select(F.lit(index).alias("group"), "*")
        )
        counted = splits if counted is None else counted.union(splits)
    return [] if counted is None else [Split(*row) for row in counted.collect()]


_MOST_COMMAS = 20_000
"""Spark's parser fails, and the job with it, on more than 20,480 fields."""

NO_TEXT = (
    "reason IN ('NUL byte', 'invalid UTF-8') OR reason RLIKE '^(longer|more) than [0-9]+ (bytes|commas)$'"
)
"""SQL: whether `reason` is one that `odd_text` gives."""


def odd_text(column: str) -> str:
    """SQL: the reason why a line cannot be parsed as text, NULL when it can."""
    return f"""CASE
        WHEN octet_length({column}) > {LONGEST_LINE} THEN 'longer than {LONGEST_LINE} bytes'
        WHEN contains({column}, char(0)) THEN 'NUL byte'
        WHEN decode(CAST({column} AS binary), 'UTF-8') <> {column} THEN 'invalid UTF-8'
        WHEN octet_length({column}) > {_MOST_COMMAS}
            AND octet_length({column}) - octet_length(replace({column}, ',', '')) > {_MOST_COMMAS}
            THEN 'more than {_MOST_COMMAS} commas'
    END"""
