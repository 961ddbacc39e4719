"""The quarantine: rows set aside, with their line and every reason against them."""

import json
from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timezone
from functools import reduce

from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as F

from .arguments import Arguments
from .contract import Dataset
from .few_rows import together
from .iceberg import rows as count
from .orphans import PREFIX as ORPHAN
from .raw import Lines, quoted
from .rows import REFUSED
from .tables import quarantine

PLACE = ("file", "hash", "line")
"""What tells a line from any other."""


_AS_THEY_COME = {"check-nullability": "false", "distribution-mode": "none", "fanout-enabled": "true"}
"""Options of a write: each task writes its rows, all of which are of one partition, the run's."""


def quarantined(spark: SparkSession, arguments: Arguments, dataset: Dataset) -> DataFrame:
    """All rows that were ever set aside."""
    table = quarantine(arguments, dataset)
    return together(spark.table(table), count(spark, table))


def broken_lines(lines: Lines) -> DataFrame:
    """Lines that are no rows, each for one reason."""
    return lines.broken().select(
        F.col("_file").alias("file"),
        F.col("_line").alias("line"),
        F.col("_raw").alias("raw"),
        F.array("_broken").alias("reasons"),
        F.lit(lines.group.profile.name).alias("profile"),
        F.lit(None).cast("string").alias("key"),
        F.col("_hash").alias("hash"),
        F.col("_modified").alias("modified"),
        _columns(lines),
    )


def refused_rows(rows: DataFrame, lines: Lines, dataset: Dataset) -> DataFrame:
    """The judged rows that have reasons against them."""
    key = [quoted(name) for name in dataset.primary_key]
    # A key that is personal data is told by the raw line alone.
    personal = any(column.pseudonymise for column in dataset.columns if column.name in dataset.primary_key)
    known = "false" if personal else " AND ".join(f"{name} IS NOT NULL" for name in key)
    return rows.where(REFUSED).select(
        F.col("_file").alias("file"),
        F.col("_line").alias("line"),
        F.col("_raw").alias("raw"),
        F.col("_reasons").alias("reasons"),
        F.lit(lines.group.profile.name).alias("profile"),
        F.expr(f"if({known}, {key_json(dataset)}, NULL)").alias("key"),
        F.col("_hash").alias("hash"),
        F.col("_modified").alias("modified"),
        _columns(lines),
    )


def _columns(lines: Lines) -> Column:
    return F.array(*[F.lit(name) for name in lines.group.columns]).alias("columns")


def key_json(dataset: Dataset) -> str:
    """SQL: the primary key as a JSON object."""
    return f"to_json(struct({', '.join(quoted(name) for name in dataset.primary_key)}))"


def set_aside(
    spark: SparkSession,
    arguments: Arguments,
    dataset: Dataset,
    parts: Iterable[DataFrame],
    again: DataFrame | None,
) -> dict[str, int]:
    """Makes these the run's quarantined rows, whatever was there of the run before.

    `again` are the rows that earlier runs set aside and this one reads again; one that is set aside again
    keeps the time at which it was first seen. Returns how many rows have each
    list of reasons, the list as JSON.
    """
    table = quarantine(arguments, dataset)
    rows = list(parts)
    if rows:
        found = reduce(DataFrame.unionByName, rows)
        began_at = F.lit(began(arguments.run_id)).cast("timestamp")
        if again is None:
            seen = found.withColumn("first_seen", began_at)
        else:
            first = again.groupBy(*PLACE).agg(F.min("first_seen").alias("_first"))
            seen = found.join(first, list(PLACE), "left").withColumn(
                "first_seen", F.coalesce("_first", began_at)
            )
        seen.withColumns(
            {
                "run_id": F.lit(arguments.run_id),
                "resolved_by": F.lit(None).cast("string"),
                "retried_by": F.lit(None).cast("string"),
                "held": F.lit(None).cast("boolean"),
            }
        ).select(*spark.table(table).columns).writeTo(table).options(**_AS_THEY_COME).overwrite(
            F.col("run_id") == arguments.run_id
        )
    else:
        spark.sql(f"DELETE FROM {table} WHERE run_id = '{arguments.run_id}'")
    counted = (
        quarantined(spark, arguments, dataset)
        .where(F.col("run_id") == arguments.run_id)
        .groupBy("reasons")
        .agg(F.count("*").alias("rows"))
    )
    return {json.dumps(row["reasons"]): row["rows"] for row in counted.collect()}


def by_reason(found: dict[str, int]) -> dict[str, int]:
    """A row counts for each of its reasons; the most frequent first."""
    counts: Counter[str] = Counter()
    for reasons, rows in found.items():
        for reason in json.loads(reasons):
            counts[reason] += rows
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def waiting(found: dict[str, int]) -> int:
    """How many of the rows have no other reason against them than a parent that is not there."""
    return sum(
        rows
        for reasons, rows in found.items()
        if all(reason.startswith(ORPHAN) for reason in json.loads(reasons))
    )


def began(run_id: str) -> datetime:
    """When the run was planned, which its id begins with; an attempt made later leaves the same rows."""
    return datetime.strptime(run_id[:16], "%Y%m%dT%H%M%SZ").replace(tzinfo=timezone.utc)
