"""What becomes of rows that were set aside: a later run takes them in, or reads them again in vain.

A row in quarantine is open until then. It stays there with its reasons: `resolved_by` names the run that
took it in, `retried_by` the one that set it aside once more, whose own row goes on from there.
"""

from collections.abc import Sequence

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from .arguments import Arguments
from .cleaned_rows import cleaned_rows
from .contract import Dataset, Profile
from .iceberg import rows as rows_in
from .manifest import InputFile, Manifest, Work
from .orphans import ALL_ORPHAN, PREFIX, reason
from .quarantine import PLACE, began, key_json, quarantined
from .small_table import small_table
from .survey import NO_TEXT
from .tables import quarantine

_ROW = ("run_id", *PLACE)

_WAITING = f"{ALL_ORPHAN} AND held IS NULL"


def in_files(
    spark: SparkSession, arguments: Arguments, dataset: Dataset, files: Sequence[InputFile]
) -> DataFrame | None:
    """The open rows of earlier runs that came from these files; None when there can't be any."""
    if not files or _is_empty(spark, arguments, dataset):
        return None
    read = [{"file": each.key, "hash": each.hash} for each in files]
    rows = _open_rows(spark, arguments, dataset)
    return rows.join(F.broadcast(small_table(spark, read, "file: string, hash: string")), ["file", "hash"])


def asked_for(
    spark: SparkSession, arguments: Arguments, dataset: Dataset, work: Work, profiles: Sequence[Profile]
) -> DataFrame | None:
    """The open rows that a redrive is to put through again; None when there can't be any.

    Left where they are: rows whose profile is gone or reads other columns now, and lines that were no text,
    since quarantine shows those as a reader would see them, which is not what they were.
    """
    if work.dataset != dataset.name or _is_empty(spark, arguments, dataset):
        return None
    rows = _open_rows(spark, arguments, dataset).where(f"NOT exists(reasons, reason -> {NO_TEXT})")
    readable = F.lit(False)
    for profile in profiles:
        header = F.array(*[F.lit(name) for name in sorted(profile.header)])
        if dataset.name in profile.sql:
            readable |= (F.col("profile") == profile.name) & (F.array_sort("columns") == header)
    conditions = [
        (work.run, F.col("run_id") == F.lit(work.run)),
        (work.reason, F.exists("reasons", lambda reason: F.contains(reason, F.lit(work.reason)))),
        (work.file, F.contains(F.col("file"), F.lit(work.file))),
    ]
    for value, condition in conditions:
        rows = rows if value is None else rows.where(condition)
    return rows.where(readable)


def orphans(
    spark: SparkSession, arguments: Arguments, dataset: Dataset, profiles: Sequence[Profile]
) -> DataFrame | None:
    """The open rows that wait for their parents and for nothing else; None when there can't be any.

    Not those of a run that published nothing: they come again with their file, or not at all.
    """
    work = Work(kind="redrive", dataset=dataset.name, reason=PREFIX)
    rows = asked_for(spark, arguments, dataset, work, profiles)
    return None if rows is None else rows.where(_WAITING)


def count_orphans(spark: SparkSession, arguments: Arguments, dataset: Dataset) -> tuple[int, int]:
    """How many open rows wait for their parents, and how many of them longer than they may."""
    if not dataset.foreign_keys or _is_empty(spark, arguments, dataset):
        return 0, 0
    now = f"TIMESTAMP '{began(arguments.run_id):%Y-%m-%d %H:%M:%S}'"
    late = " OR ".join(
        f"(array_contains(reasons, '{reason(key)}') AND first_seen < {now} - INTERVAL {key.report_after})"
        for key in dataset.foreign_keys
    )
    rows = _open_rows(spark, arguments, dataset, own=True).where(_WAITING)
    [counts] = rows.selectExpr("count(*)", f"count_if({late})").collect()
    return counts[0], counts[1]


def close(
    spark: SparkSession,
    arguments: Arguments,
    dataset: Dataset,
    again: DataFrame | None,
    accepted: int,
) -> dict[str, int]:
    """Marks what this run read again, and what it took in by key: an open session that is completed, say.

    In one commit, so that it is done or not. Returns how many rows were resolved, and how many retried.
    """
    if _is_empty(spark, arguments, dataset):
        return {}
    table = quarantine(arguments, dataset)
    parts = []
    if again is not None:
        mine = quarantined(spark, arguments, dataset).where(F.col("run_id") == arguments.run_id)
        mine = mine.select(*PLACE, F.lit(True).alias("_mine"))
        parts.append(
            again.join(mine, list(PLACE), "left").selectExpr(
                *_ROW, "if(_mine, 'retried', 'resolved') AS becomes"
            )
        )
    if accepted:
        keys = cleaned_rows(spark, arguments, dataset, accepted).selectExpr(f"{key_json(dataset)} AS key")
        waiting = _open_rows(spark, arguments, dataset, own=True).where("key IS NOT NULL")
        parts.append(waiting.join(keys, "key", "left_semi").selectExpr(*_ROW, "'resolved' AS becomes"))
    if not parts:
        return {}
    found = parts[0] if len(parts) == 1 else parts[0].unionByName(parts[1])
    # 'resolved' before 'retried': it may be both.
    found = found.groupBy(*_ROW).agg(F.min("becomes").alias("becomes")).persist()
    try:
        counts = {row["becomes"]: row["count"] for row in found.groupBy("becomes").count().collect()}
        if counts:
            closed = f"closed_{dataset.name}"
            found.createOrReplaceTempView(closed)
            same = " AND ".join(f"q.{name} <=> c.{name}" for name in _ROW)
            spark.sql(f"""
                MERGE INTO {table} q USING {closed} c ON {same}
                WHEN MATCHED AND c.becomes = 'resolved' THEN UPDATE SET q.resolved_by = '{arguments.run_id}'
                WHEN MATCHED THEN UPDATE SET q.retried_by = '{arguments.run_id}'
            """)
        return counts
    finally:
        found.unpersist()


def hold(spark: SparkSession, arguments: Arguments, dataset: Dataset) -> None:
    """Notes of the run's own rows that the run published nothing."""
    table = quarantine(arguments, dataset)
    spark.sql(f"UPDATE {table} SET held = true WHERE run_id = '{arguments.run_id}' AND held IS NULL")


def reopen(spark: SparkSession, arguments: Arguments, dataset: Dataset, manifest: Manifest) -> None:
    """What the runs took in that a rollback undoes is open again."""
    if manifest.undone and not _is_empty(spark, arguments, dataset):
        runs = ", ".join(f"'{run}'" for run in manifest.undone)
        table = quarantine(arguments, dataset)
        if spark.table(table).where(f"resolved_by IN ({runs})").take(1):
            spark.sql(f"UPDATE {table} SET resolved_by = NULL WHERE resolved_by IN ({runs})")


def _open_rows(spark: SparkSession, arguments: Arguments, dataset: Dataset, own: bool = False) -> DataFrame:
    rows = quarantined(spark, arguments, dataset).where("resolved_by IS NULL AND retried_by IS NULL")
    return rows if own else rows.where(F.col("run_id") != arguments.run_id)


def _is_empty(spark: SparkSession, arguments: Arguments, dataset: Dataset) -> bool:
    return rows_in(spark, quarantine(arguments, dataset)) == 0
