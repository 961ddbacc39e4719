"""Delta Lake: it has no branches, so a run is staged by its cleaned rows alone, which nobody takes for the
table, and published by one transaction of Delta's own.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from math import ceil
from typing import Any

from pyspark.sql import DataFrame, Row, SparkSession

from .changes import Changes
from .few_rows import are_few
from .raw import quoted
from .table_format import Snapshot, Staging

_RUN_ID = "spark.databricks.delta.commitInfo.userMetadata"
"""Setting that stamps every commit of the session: the run that made it."""

_RECENT = 50
"""Commits that are looked through for a run's; while a run is unfinished, nothing commits but itself."""

_TOMBSTONES = timedelta(days=7)
"""What is no longer current stays as long at least, as Delta has it for tables that don't say otherwise."""

_RETENTION_CHECK = "spark.databricks.delta.retentionDurationCheck.enabled"
"""Setting that has VACUUM refuse to remove what the log still has to tell of."""


def name(catalog: str, database: str, warehouse: str, dataset: str) -> str:
    """By path, which is the same in a catalogue and without one."""
    return f"delta.`{warehouse}{database}/{dataset}`"


def exists(spark: SparkSession, table: str) -> bool:
    jvm: Any = spark._jvm
    return bool(jvm.io.delta.tables.DeltaTable.isDeltaTable(spark._jsparkSession, _path(table)))


def unshaped(spark: SparkSession, table: str) -> bool:
    """Never: a Delta table is its log, which nobody else begins."""
    return False


def current(spark: SparkSession, table: str) -> Snapshot | None:
    """None while nothing was written but the table's definition."""
    version = current_id(spark, table)
    return None if version is None else Snapshot(version, _rows(spark, table))


def current_id(spark: SparkSession, table: str) -> str | None:
    version = _version(spark, table)
    return None if version == 0 else str(version)


def published(spark: SparkSession, table: str, run_id: str) -> bool:
    """Looked for among the commits that the table comes from: what was restored over does not count."""
    below: int | None = None
    for commit in _history(spark, table, _RECENT):
        if below is not None and commit["version"] > below:
            continue
        if commit["userMetadata"] == run_id:
            return True
        if commit["operation"] == "RESTORE":
            below = int(commit["operationParameters"]["version"])
    return False


def write_to_branch(spark: SparkSession, table: str, rows: DataFrame, run_id: str) -> None:
    """There are no branches."""


def stage(spark: SparkSession, table: str, changes: Changes) -> Staging:
    """Nothing is written: the cleaned rows are there, and what they change is known."""
    return Staging(branch=None, snapshot_id=None, rows=changes.before + changes.counts.get("inserted", 0))


def discard(spark: SparkSession, table: str, run_id: str) -> None:
    """There is nothing to remove."""


def publish(spark: SparkSession, table: str, changes: Changes, base: str | None) -> None:
    """One commit, stamped with the run's id.

    Raises: RuntimeError when another writer has committed since; Delta's own when one does meanwhile
    """
    if current_id(spark, table) != base:
        raise RuntimeError(f"{table} has changed since the run looked at it; does another job write to it?")
    with _set(spark, _RUN_ID, changes.run_id):
        if changes.has_updates:
            _merge(spark, table, changes)
        else:
            _append(spark, table, changes)


def set_current(spark: SparkSession, table: str, snapshot_id: str) -> None:
    version = int(snapshot_id)
    if _version(spark, table) != version:
        spark.sql(f"RESTORE TABLE {table} TO VERSION AS OF {version}")


def compact(spark: SparkSession, table: str) -> int:
    [row] = spark.sql(f"OPTIMIZE {table}").collect()
    return int(row["metrics"]["numFilesRemoved"])


def expire(
    spark: SparkSession, table: str, keep: Collection[str], readers: datetime, branches: datetime
) -> int:
    """VACUUM, which knows times and no versions: what the oldest version to be kept needs was current when
    that was written, so nothing that was removed since goes. The log tells when that was as long as the
    table's `delta.deletedFileRetentionDuration` says."""
    now = datetime.now(timezone.utc)
    written = {
        str(commit["version"]): commit["timestamp"].astimezone(timezone.utc)
        for commit in _history(spark, table)
    }
    since = min(now - _TOMBSTONES, readers, *[written[each] for each in keep if each in written])
    with _set(spark, _RETENTION_CHECK, "false"):
        spark.sql(f"VACUUM {table} RETAIN {ceil((now - since).total_seconds() / 3600)} HOURS")
    return 0


def remove_orphans(spark: SparkSession, table: str) -> int:
    """VACUUM removes those too."""
    return 0


def _append(spark: SparkSession, table: str, changes: Changes) -> None:
    rows = changes.inserted().select(*[quoted(each) for each in changes.columns])
    partitions = _partitions(spark, table)
    if partitions and not are_few(sum(changes.counts.values())):
        # A task writes a file for each partition that it has rows of. Small files cost more, now and whenever
        # the table is read, than moving the rows.
        by = ", ".join(quoted(each) for each in partitions)
        rows = spark.sql(f"SELECT /*+ REBALANCE({by}) */ * FROM {{rows}}", rows=rows)
    rows.write.format("delta").mode("append").save(_path(table))


def _merge(spark: SparkSession, table: str, changes: Changes) -> None:
    changes.changed().createOrReplaceTempView("changed")
    matched = " AND ".join(f"t.{quoted(each)} = c.{quoted(each)}" for each in changes.key)
    columns = [quoted(each) for each in changes.columns]
    assigned = ", ".join(f"t.{each} = c.{each}" for each in columns)
    values = ", ".join(f"c.{each}" for each in columns)
    spark.sql(f"""
        MERGE INTO {table} t USING changed c ON {matched}
        WHEN MATCHED THEN UPDATE SET {assigned}
        WHEN NOT MATCHED THEN INSERT ({", ".join(columns)}) VALUES ({values})
    """)


@contextmanager
def _set(spark: SparkSession, name: str, value: str) -> Iterator[None]:
    spark.conf.set(name, value)
    try:
        yield
    finally:
        spark.conf.unset(name)


def _history(spark: SparkSession, table: str, newest: int | None = None) -> list[Row]:
    """The commits, the newest first."""
    return spark.sql(f"DESCRIBE HISTORY {table}" + (f" LIMIT {newest}" if newest else "")).collect()


def _version(spark: SparkSession, table: str) -> int:
    return int(_snapshot(spark, table).version())


def _partitions(spark: SparkSession, table: str) -> list[str]:
    columns = _snapshot(spark, table).metadata().partitionColumns()
    return [str(columns.apply(place)) for place in range(columns.size())]


def _snapshot(spark: SparkSession, table: str) -> Any:
    """The newest."""
    jvm: Any = spark._jvm
    log = jvm.org.apache.spark.sql.delta.DeltaLog.forTable(spark._jsparkSession, _path(table))
    nothing = jvm.scala.Option.empty()
    return log.update(False, nothing, nothing)


def _rows(spark: SparkSession, table: str) -> int:
    """Counted by what the log says of each file; no file is read."""
    return spark.table(table).count()


def _path(table: str) -> str:
    return table.removeprefix("delta.`").removesuffix("`")
