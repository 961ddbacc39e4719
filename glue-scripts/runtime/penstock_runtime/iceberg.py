"""Iceberg: a run is staged onto a branch of its own, and published by moving main to it."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from pyspark.sql import DataFrame, Row, SparkSession
from pyspark.sql import functions as F

from . import objects
from .changes import Changes
from .raw import quoted
from .table_format import Snapshot, Staging

RUN_ID = "penstock.run_id"
"""Property of a snapshot's summary: the run that committed it."""

STAMP = f"snapshot-property.{RUN_ID}"
"""Option of a DataFrame write that puts it there; SQL MERGE ignores it."""


_SMALL_FILES = 5
"""So many in one partition are put together."""


def name(catalog: str, database: str, warehouse: str, dataset: str) -> str:
    """What Spark calls the table; where it lies is the catalogue's to know."""
    return f"{catalog}.{database}.{dataset}"


def exists(spark: SparkSession, table: str) -> bool:
    return bool(spark.catalog.tableExists(table))


def unshaped(spark: SparkSession, table: str) -> bool:
    """Whether it is as Glue makes one: empty, without partitions, not written by way of branches."""
    iceberg = _table(spark, table)
    return iceberg.currentSnapshot() is None and "write.wap.enabled" not in iceberg.properties()


def branch_of(run_id: str) -> str:
    """The run's branch, a name that SQL takes without quotes: `run_20261120T201512Z_3f9a1c`."""
    return "run_" + "".join(letter if letter.isalnum() else "_" for letter in run_id)


def current(spark: SparkSession, table: str, branch: str = "main") -> Snapshot | None:
    """The branch's newest snapshot; None when there is none, or no such branch."""
    iceberg = _table(spark, table)
    reference = iceberg.refs().get(branch)
    if reference is None:
        return None
    found = iceberg.snapshot(reference.snapshotId())
    rows = found.summary().get("total-records")
    return Snapshot(str(found.snapshotId()), int(rows) if rows is not None else 0)


def current_id(spark: SparkSession, table: str) -> str | None:
    found = current(spark, table)
    return None if found is None else found.id


def rows(spark: SparkSession, table: str) -> int:
    """How many rows main has."""
    found = current(spark, table)
    return 0 if found is None else found.rows


def published(spark: SparkSession, table: str, run_id: str) -> bool:
    """Whether main holds what the run staged: looked for among its ancestors only, since a snapshot that
    was rolled back stays in the list of all."""
    iceberg = _table(spark, table)
    at = iceberg.currentSnapshot()
    while at is not None:
        if at.summary().get(RUN_ID) == run_id:
            return True
        parent = at.parentId()
        at = None if parent is None else iceberg.snapshot(parent)
    return False


def write_to_branch(spark: SparkSession, table: str, rows: DataFrame, run_id: str) -> list[str]:
    """Appends the rows to the run's branch, which `stage` takes as it is when all of them prove to be new."""
    _append(spark, _new_branch(spark, table, run_id), rows, run_id)
    iceberg = _table(spark, table)
    snapshot = iceberg.snapshot(iceberg.refs().get(branch_of(run_id)).snapshotId())
    return [objects.url_of(file.location()) for file in snapshot.addedDataFiles(iceberg.io())]


def _is_on_branch(spark: SparkSession, table: str, changes: Changes) -> bool:
    """Whether the run's branch is main as it is now and all that the run changes, which is new rows alone."""
    iceberg = _table(spark, table)
    reference = iceberg.refs().get(branch_of(changes.run_id))
    if reference is None or any(rows for name, rows in changes.counts.items() if name != "inserted"):
        return False
    written, main = iceberg.snapshot(reference.snapshotId()), iceberg.currentSnapshot()
    summary = written.summary()
    added, total = (int(summary.get(f"{which}-records") or 0) for which in ("added", "total"))
    # A branch of a table without any snapshot begins with an empty one.
    onto_main = total == added if main is None else written.parentId() == main.snapshotId()
    return onto_main and added == changes.counts.get("inserted", 0) and summary.get(RUN_ID) == changes.run_id


def stage(spark: SparkSession, table: str, changes: Changes) -> Staging:
    """Commits the changes to the run's branch.

    The branch's last commit carries the run's id, so that main's history tells whether a run was published.
    """
    branch = branch_of(changes.run_id)
    if not _is_on_branch(spark, table, changes):
        target = _new_branch(spark, table, changes.run_id)
        if changes.has_updates:
            _update(spark, target, changes)
        _append(spark, target, changes.inserted(), changes.run_id)
    staged = current(spark, table, branch)
    if staged is None:
        raise RuntimeError(f"the branch {branch} of {table} is gone; does another run write to it?")
    return Staging(branch=branch, snapshot_id=staged.id, rows=staged.rows)


def discard(spark: SparkSession, table: str, run_id: str) -> None:
    """Removes what the run staged; what is published stays."""
    if _table(spark, table).refs().get(branch_of(run_id)) is not None:
        drop_branch(spark, table, branch_of(run_id))


def publish(spark: SparkSession, table: str, changes: Changes, base: str | None) -> None:
    """Makes main what the run's branch is. Fails when main moved since the branch was made."""
    fast_forward(spark, table, branch_of(changes.run_id))


def _update(spark: SparkSession, target: str, changes: Changes) -> None:
    updated = f"updated_{changes.dataset.name}"
    changes.updated().createOrReplaceTempView(updated)
    matched = " AND ".join(f"t.{quoted(each)} = u.{quoted(each)}" for each in changes.key)
    assigned = ", ".join(f"t.{quoted(each)} = u.{quoted(each)}" for each in changes.columns)
    spark.sql(f"MERGE INTO {target} t USING {updated} u ON {matched} WHEN MATCHED THEN UPDATE SET {assigned}")


def _append(spark: SparkSession, target: str, rows: DataFrame, run_id: str) -> None:
    """One commit, also without rows: it is the one that is stamped."""
    for field in spark.table(target).schema.fields:
        if field.name not in rows.columns:
            # The contract lost this column; the table keeps it.
            rows = rows.withColumn(field.name, F.lit(None).cast(field.dataType))
    (
        rows.writeTo(target)
        .option(STAMP, run_id)
        .option("check-nullability", "false")
        # Each task writes the partitions that its rows are of, as they come: sorting them first would have
        # fewer files, which is maintenance's to do, and costs a third of the whole step.
        .option("distribution-mode", "none")
        .option("fanout-enabled", "true")
        .append()
    )


def set_current(spark: SparkSession, table: str, snapshot_id: str) -> None:
    """Makes the table what it was at the snapshot; done twice, it does no more."""
    catalog, _, name = table.partition(".")
    spark.sql(f"CALL {catalog}.system.set_current_snapshot('{name}', {int(snapshot_id)})")


def compact(spark: SparkSession, table: str) -> int:
    """Puts small files together; returns how many."""
    row = _call(spark, table, "rewrite_data_files", f"options => map('min-input-files', '{_SMALL_FILES}')")
    return int(row[0]["rewritten_data_files_count"])


def expire(
    spark: SparkSession, table: str, keep: Collection[str], readers: datetime, branches: datetime
) -> int:
    """Removes the snapshots from before `readers` that are not to be kept, and branches from before
    `branches`; returns how many snapshots went."""
    for branch in branches_before(spark, table, branches):
        drop_branch(spark, table, branch)
    gone = [each for each in unreferenced_before(spark, table, readers) if each not in keep]
    if gone:
        ids = ", ".join(f"{int(each)}L" for each in gone)
        # By default all that are older than five days would go besides.
        never = "older_than => TIMESTAMP '1970-01-02 00:00:00'"
        _call(spark, table, "expire_snapshots", f"snapshot_ids => ARRAY({ids}), {never}")
    return len(gone)


def remove_orphans(spark: SparkSession, table: str) -> int:
    """Files that no snapshot knows are a killed run's, once they are three days old, the default."""
    return len(_call(spark, table, "remove_orphan_files", "dry_run => false"))


def _call(spark: SparkSession, table: str, procedure: str, arguments: str) -> list[Row]:
    catalog, _, name = table.partition(".")
    return spark.sql(f"CALL {catalog}.system.{procedure}(table => '{name}', {arguments})").collect()


def branches_before(spark: SparkSession, table: str, time: datetime) -> list[str]:
    """Branches but main whose newest snapshot is older."""
    iceberg = _table(spark, table)
    return [
        str(name)
        for name, reference in dict(iceberg.refs()).items()
        if name != "main" and iceberg.snapshot(reference.snapshotId()).timestampMillis() < _millis(time)
    ]


def unreferenced_before(spark: SparkSession, table: str, time: datetime) -> list[str]:
    """Ids of older snapshots that no branch points at."""
    iceberg = _table(spark, table)
    pointed_at = {reference.snapshotId() for reference in dict(iceberg.refs()).values()}
    return [
        str(each.snapshotId())
        for each in iceberg.snapshots()
        if each.snapshotId() not in pointed_at and each.timestampMillis() < _millis(time)
    ]


def _millis(time: datetime) -> float:
    return time.timestamp() * 1000


def _new_branch(spark: SparkSession, table: str, run_id: str) -> str:
    """The run's branch, as main is now; returns what Spark calls it."""
    discard(spark, table, run_id)
    create_branch(spark, table, branch_of(run_id))
    return f"{table}.branch_{branch_of(run_id)}"


def create_branch(spark: SparkSession, table: str, branch: str) -> None:
    """Explicitly, before anything is written: a branch that a write creates counts its rows from 0."""
    spark.sql(f"ALTER TABLE {table} CREATE BRANCH {branch}")


def drop_branch(spark: SparkSession, table: str, branch: str) -> None:
    spark.sql(f"ALTER TABLE {table} DROP BRANCH IF EXISTS {branch}")


def fast_forward(spark: SparkSession, table: str, branch: str) -> None:
    """Makes main what the branch is. Fails when main moved since the branch was made."""
    catalog, _, name = table.partition(".")
    spark.sql(f"CALL {catalog}.system.fast_forward('{name}', 'main', '{branch}')")


def _table(spark: SparkSession, table: str) -> Any:
    jvm: Any = spark._jvm
    return jvm.org.apache.iceberg.spark.Spark3Util.loadIcebergTable(spark._jsparkSession, table)
