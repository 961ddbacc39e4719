"""Few rows in one partition: windows, joins and aggregates over them then move nothing. A move is a query of
its own to Spark, planned and started for a handful of rows."""

from pyspark.sql import DataFrame

_FEW = 20_000
"""Rows that one task has done with before a second one has begun."""


def are_few(rows: int) -> bool:
    return rows <= _FEW


def together(rows: DataFrame, count: int) -> DataFrame:
    """The same rows, in one partition if they are few; `count` is about how many they are."""
    return rows.coalesce(1) if are_few(count) else rows
