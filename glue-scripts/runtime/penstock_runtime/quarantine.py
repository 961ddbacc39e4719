"""The quarantine: rows set aside, with their line and every reason against them."""

import json
from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timezone
from functools import reduce

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from .arguments import Arguments
from .contract import Dataset
from .raw import Lines, quoted
from .rows import refused
from .tables import quarantine


def broken_lines(lines: Lines) -> DataFrame:
    """Lines that are no rows, each for one reason."""
    return lines.broken().select(
        F.col("_file").alias("file"),
        F.col("_line").alias("line"),
        F.col("_raw").alias("raw"),
        F.array("_broken").alias("reasons"),
        F.lit(lines.group.profile.name).alias("profile"),
        F.lit(None).cast("string").alias("key"),
    )


def refused_rows(rows: DataFrame, lines: Lines, dataset: Dataset) -> DataFrame:
    """The judged rows that have reasons against them."""
    key = [quoted(name) for name in dataset.primary_key]
    # A key that is personal data is told by the raw line alone.
    personal = any(column.pseudonymise for column in dataset.columns if column.name in dataset.primary_key)
    known = "false" if personal else " AND ".join(f"{name} IS NOT NULL" for name in key)
    return refused(rows, dataset, lines.group.profile).select(
        F.col("_source._file").alias("file"),
        F.col("_line").alias("line"),
        F.col("_source._raw").alias("raw"),
        F.col("_reasons").alias("reasons"),
        F.lit(lines.group.profile.name).alias("profile"),
        F.expr(f"if({known}, to_json(struct({', '.join(key)})), NULL)").alias("key"),
    )


def set_aside(
    spark: SparkSession, arguments: Arguments, dataset: Dataset, parts: Iterable[DataFrame]
) -> dict[str, int]:
    """Makes these the run's quarantined rows, whatever was there of the run before.

    Returns how many rows have each list of reasons, the list as JSON.
    """
    table = quarantine(arguments, dataset)
    rows = list(parts)
    if rows:
        reduce(DataFrame.unionByName, rows).select(
            F.lit(arguments.run_id).alias("run_id"),
            "*",
            F.lit(began(arguments.run_id)).cast("timestamp").alias("first_seen"),
            F.lit(None).cast("string").alias("resolved_by"),
        ).writeTo(table).option("check-nullability", "false").overwrite(F.col("run_id") == arguments.run_id)
    else:
        spark.sql(f"DELETE FROM {table} WHERE run_id = '{arguments.run_id}'")
    counted = (
        spark.table(table)
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


def began(run_id: str) -> datetime:
    """When the run was planned, which its id begins with; an attempt made later leaves the same rows."""
    return datetime.strptime(run_id[:16], "%Y%m%dT%H%M%SZ").replace(tzinfo=timezone.utc)
