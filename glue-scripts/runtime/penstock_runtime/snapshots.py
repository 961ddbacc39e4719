"""What Iceberg knows of a table's snapshots and branches, and the few things done to them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pyspark.sql import SparkSession

RUN_ID = "penstock.run_id"
"""Property of a snapshot's summary: the run that committed it."""

STAMP = f"snapshot-property.{RUN_ID}"
"""Option of a DataFrame write that puts it there; SQL MERGE ignores it."""


@dataclass(frozen=True)
class Snapshot:
    id: str
    """As text: it exceeds 2^53."""
    rows: int


def branch_of(run_id: str) -> str:
    """The run's branch, a name that SQL takes without quotes: `run_20261120T201512Z_3f9a1c`."""
    return "run_" + "".join(letter if letter.isalnum() else "_" for letter in run_id)


def snapshot(spark: SparkSession, table: str, branch: str = "main") -> Snapshot | None:
    """The branch's newest snapshot; None when there is none, or no such branch."""
    iceberg = _table(spark, table)
    reference = iceberg.refs().get(branch)
    if reference is None:
        return None
    found = iceberg.snapshot(reference.snapshotId())
    rows = found.summary().get("total-records")
    return Snapshot(str(found.snapshotId()), int(rows) if rows is not None else 0)


def rows(spark: SparkSession, table: str) -> int:
    """How many rows main has."""
    found = snapshot(spark, table)
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


def set_current(spark: SparkSession, table: str, snapshot_id: str) -> None:
    """Makes main what it was at the snapshot; done twice, it does no more."""
    catalog, _, name = table.partition(".")
    spark.sql(f"CALL {catalog}.system.set_current_snapshot('{name}', {int(snapshot_id)})")


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
