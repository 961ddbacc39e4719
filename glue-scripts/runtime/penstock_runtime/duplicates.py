"""Rows of one run with the same primary key: the newest stays, the others are counted and left out."""

from pyspark.sql import Column, DataFrame, SparkSession, Window
from pyspark.sql import functions as F

from . import objects
from .changes import newest_first
from .cleaned_rows import rows_in
from .contract import Dataset
from .lineage_columns import LINEAGE
from .raw import quoted


def count_rows(rows: DataFrame, dataset: Dataset) -> tuple[int, bool]:
    """How many rows there are, and whether some of them may have the same primary key: only the hashes of
    the keys are compared."""
    [(count, different)] = (
        rows.selectExpr(f"{_key_hash(dataset)} AS key")
        .selectExpr("count(*)", "count(DISTINCT key)")
        .collect()
    )
    return count, different < count


def count_keys(rows: DataFrame, dataset: Dataset) -> tuple[int, int]:
    """How many rows there are, and how many primary keys they have."""
    key = ", ".join(quoted(name) for name in dataset.primary_key)
    [(count, different)] = rows.selectExpr("count(*)", f"count(DISTINCT {key})").collect()
    return count, different


def newest(rows: DataFrame, dataset: Dataset) -> DataFrame:
    """One row per primary key. All of them are sorted, so of many rows `drop_duplicates` costs less."""
    placed = rows.withColumn("_index", F.monotonically_increasing_id())
    return _ranked(placed, dataset).where("_rank = 1").drop("_rank", "_index")


def drop_duplicates(spark: SparkSession, folder: str, dataset: Dataset) -> int:
    """Leaves one row per primary key in the Parquet folder; returns how many went.

    Only the files that hold one that goes are written anew.
    """
    rows = rows_in(spark, folder, dataset).select("*", F.expr(_key_hash(dataset)).alias("_key"), *_place())
    often = rows.groupBy("_key").count().where("count > 1").select("_key")
    losers = _losers(rows.join(often, "_key", "left_semi"), dataset).persist()
    try:
        found = {row["_path"]: row["count"] for row in losers.groupBy("_path").count().collect()}
        if found:
            _rewrite(spark, folder, losers, dataset, list(found))
        return sum(found.values())
    finally:
        losers.unpersist()


def _key_hash(dataset: Dataset) -> str:
    return f"xxhash64({', '.join(quoted(name) for name in dataset.primary_key)})"


def _losers(suspects: DataFrame, dataset: Dataset) -> DataFrame:
    """The places of what is not the newest of its key; `suspects` have all rows of such keys."""
    return _ranked(suspects, dataset).where("_rank > 1").select("_path", "_index")


def _ranked(rows: DataFrame, dataset: Dataset) -> DataFrame:
    """With `_rank`, 1 of the newest of its key; `_index` is the row's place among those of its line."""
    newest = Window.partitionBy(*[quoted(name) for name in dataset.primary_key]).orderBy(
        *[F.col(quoted(name)).desc_nulls_last() for name in newest_first(dataset)], F.col("_index").desc()
    )
    return rows.withColumn("_rank", F.row_number().over(newest))


def _place() -> list[Column]:
    return [F.col("_metadata.file_path").alias("_path"), F.col("_metadata.row_index").alias("_index")]


def _rewrite(spark: SparkSession, folder: str, losers: DataFrame, dataset: Dataset, files: list[str]) -> None:
    columns = [quoted(name) for name in (*[column.name for column in dataset.columns], *LINEAGE)]
    kept = (
        rows_in(spark, folder, dataset)
        .select(*columns, *_place())
        .where(F.col("_path").isin(files))
        .join(losers, ["_path", "_index"], "left_anti")
        .select(*columns)
    )
    kept.write.mode("append").parquet(objects.spark_path(folder))
    for file in files:
        objects.delete(file)
