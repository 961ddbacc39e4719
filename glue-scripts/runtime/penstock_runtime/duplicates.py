"""Rows of one run with the same primary key: the newest stays, the others are counted and left out."""

from pyspark.sql import Column, DataFrame, SparkSession, Window
from pyspark.sql import functions as F

from . import objects
from .contract import Dataset
from .lineage_columns import LINEAGE
from .raw import quoted


def drop_duplicates(spark: SparkSession, folder: str, dataset: Dataset) -> int:
    """Leaves one row per primary key in the Parquet folder; returns how many went.

    Only the hashes of the keys are compared at first, since there is seldom a duplicate; the files that hold
    one are then written anew.
    """
    path = objects.spark_path(folder)
    key = [quoted(name) for name in dataset.primary_key]
    rows = spark.read.parquet(path).select("*", F.expr(f"xxhash64({', '.join(key)}) AS _key"), *_place())
    often = rows.groupBy("_key").count().where("count > 1").select("_key").persist()
    try:
        return _without(spark, path, dataset, rows.join(often, "_key", "left_semi")) if often.count() else 0
    finally:
        often.unpersist()


def newest_first(dataset: Dataset) -> list[str]:
    """The columns that decide between two versions of a row, the weightiest first."""
    return [*dataset.newest_by, "_modified", "_source_file", "_line"]


def _without(spark: SparkSession, path: str, dataset: Dataset, suspects: DataFrame) -> int:
    """Takes out of the folder what is not the newest of its key; `suspects` have all rows of such keys."""
    newest = Window.partitionBy(*dataset.primary_key).orderBy(
        *[F.col(quoted(name)).desc_nulls_last() for name in newest_first(dataset)], F.col("_index").desc()
    )
    losers = (
        suspects.withColumn("_rank", F.row_number().over(newest))
        .where("_rank > 1")
        .select("_path", "_index")
        .persist()
    )
    try:
        found = losers.count()
        if found == 0:
            return 0
        _rewrite(spark, path, losers, dataset)
        return found
    finally:
        losers.unpersist()


def _place() -> list[Column]:
    return [F.col("_metadata.file_path").alias("_path"), F.col("_metadata.row_index").alias("_index")]


def _rewrite(spark: SparkSession, path: str, losers: DataFrame, dataset: Dataset) -> None:
    files = [row[0] for row in losers.select("_path").distinct().collect()]
    columns = [*[column.name for column in dataset.columns], *LINEAGE]
    kept = (
        spark.read.parquet(path)
        .select(*[quoted(name) for name in columns], *_place())
        .where(F.col("_path").isin(files))
        .join(losers, ["_path", "_index"], "left_anti")
        .select(*[quoted(name) for name in columns])
    )
    kept.write.mode("append").parquet(path)
    for file in files:
        objects.delete(file)
