"""Stage: onto a branch of the curated table, only what differs, by primary key, the newest winning."""

from dataclasses import asdict, dataclass

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from . import objects, snapshots
from .arguments import Arguments
from .conform import Conformed
from .contract import Dataset
from .duplicates import newest_first
from .raw import quoted
from .tables import LINEAGE, cleaned, curated


@dataclass(frozen=True)
class Staged:
    """The counts of one dataset: `accepted = inserted + updated + unchanged + superseded`."""

    inserted: int = 0
    updated: int = 0
    unchanged: int = 0
    """The table has the same row."""
    superseded: int = 0
    """The table has a newer version of the row."""
    branch: str | None = None
    """Where the changes wait; None when there are none."""
    snapshot_id: str | None = None
    """The branch's newest snapshot, or main's when nothing changes."""
    rows_before: int = 0
    rows: int = 0
    """In the table, once the changes are published."""

    def as_json(self) -> dict[str, object]:
        return asdict(self)


def stage(spark: SparkSession, arguments: Arguments, dataset: Dataset, conformed: Conformed) -> Staged:
    """Compares the run's rows with main and commits what differs to the run's branch.

    The branch's last commit carries the run's id, so that main's history tells whether a run was published.
    """
    table = curated(arguments, dataset)
    branch = snapshots.branch_of(arguments.run_id)
    snapshots.drop_branch(spark, table, branch)
    main = snapshots.snapshot(spark, table)
    before = 0 if main is None else main.rows
    if conformed.accepted == 0:
        return Staged(snapshot_id=None if main is None else main.id, rows_before=before, rows=before)
    rows = accepted_rows(spark, arguments, dataset)
    compared = None if before == 0 else _compared(rows, spark.table(table), dataset).persist()
    try:
        counts = {"inserted": conformed.accepted} if compared is None else _counts(compared)
        if counts.get("inserted", 0) + counts.get("updated", 0) == 0:
            return Staged(
                **counts,
                branch=None,
                snapshot_id=None if main is None else main.id,
                rows_before=before,
                rows=before,
            )
        snapshots.create_branch(spark, table, branch)
        if compared is not None and counts.get("updated", 0) > 0:
            _update(spark, f"{table}.branch_{branch}", _only(rows, compared, "updated", dataset), dataset)
        inserted = rows if compared is None else _only(rows, compared, "inserted", dataset)
        _append(spark, f"{table}.branch_{branch}", inserted, arguments.run_id)
    finally:
        if compared is not None:
            compared.unpersist()
    staged = snapshots.snapshot(spark, table, branch)
    if staged is None:
        raise RuntimeError(f"the branch {branch} of {table} is gone; does another run write to it?")
    return Staged(**counts, branch=branch, snapshot_id=staged.id, rows_before=before, rows=staged.rows)


def accepted_rows(spark: SparkSession, arguments: Arguments, dataset: Dataset) -> DataFrame:
    """The run's cleaned Parquet, typed as the table is."""
    return spark.read.parquet(objects.spark_path(cleaned(arguments, dataset)))


def _compared(rows: DataFrame, table: DataFrame, dataset: Dataset) -> DataFrame:
    """Each row's primary key and its `outcome`, one of the names of the counts."""
    key = [quoted(name) for name in dataset.primary_key]
    order = [quoted(name) for name in newest_first(dataset)]
    mine = rows.selectExpr(*key, "_row_hash AS _mine", f"struct({', '.join(order)}) AS _my_order")
    theirs = table.selectExpr(*key, "_row_hash AS _theirs", f"struct({', '.join(order)}) AS _their_order")
    # The same version from the same line with another hash: the contract or the profile changed since.
    outcome = """CASE
        WHEN _their_order IS NULL THEN 'inserted'
        WHEN _mine = _theirs THEN 'unchanged'
        WHEN _my_order >= _their_order THEN 'updated'
        ELSE 'superseded'
    END AS outcome"""
    return mine.join(theirs, list(dataset.primary_key), "left").selectExpr(*key, outcome)


def _counts(compared: DataFrame) -> dict[str, int]:
    return {row["outcome"]: row["count"] for row in compared.groupBy("outcome").count().collect()}


def _only(rows: DataFrame, compared: DataFrame, outcome: str, dataset: Dataset) -> DataFrame:
    chosen = compared.where(F.col("outcome") == outcome).drop("outcome")
    return rows.join(chosen, list(dataset.primary_key), "left_semi")


def _update(spark: SparkSession, target: str, rows: DataFrame, dataset: Dataset) -> None:
    rows.createOrReplaceTempView("updated")
    matched = " AND ".join(f"t.{quoted(name)} = u.{quoted(name)}" for name in dataset.primary_key)
    names = [*[column.name for column in dataset.columns], *LINEAGE]
    assigned = ", ".join(f"t.{quoted(name)} = u.{quoted(name)}" for name in names)
    spark.sql(f"MERGE INTO {target} t USING updated u ON {matched} WHEN MATCHED THEN UPDATE SET {assigned}")


def _append(spark: SparkSession, target: str, rows: DataFrame, run_id: str) -> None:
    """One commit, also without rows: it is the one that is stamped."""
    for field in spark.table(target).schema.fields:
        if field.name not in rows.columns:
            # The contract lost this column; the table keeps it.
            rows = rows.withColumn(field.name, F.lit(None).cast(field.dataType))
    (
        rows.writeTo(target)
        .option(snapshots.STAMP, run_id)
        .option("check-nullability", "false")
        # Each task writes the partitions that its rows are of, as they come: sorting them first would have
        # fewer files, which is maintenance's to do, and costs a third of the whole step.
        .option("distribution-mode", "none")
        .option("fanout-enabled", "true")
        .append()
    )
