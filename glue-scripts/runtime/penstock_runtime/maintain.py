"""Maintenance: fewer and larger files, and away with what neither a query nor a rollback can want any more.

It is a run like any other, under the pipeline's lease, so nothing else writes meanwhile. Each part is a
commit of its own, or removes what nobody can see; cut short, it is done again.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from pyspark.sql import Row, SparkSession

from . import objects, snapshots
from .arguments import Arguments
from .contract import Dataset, Job
from .manifest import Manifest
from .quarantine import began
from .report import Report, report_of_tables
from .steps import Steps
from .tables import cleaned, curated, quarantine

_SMALL_FILES = 5
"""So many in one partition are put together."""

_READERS = timedelta(days=1)
"""A query that began before may still read what is no longer current."""

_BRANCHES = timedelta(days=30)
"""How long the branch of a broken gate can be looked at."""

_CLEANED = timedelta(days=90)
"""How long tables can be built anew from the cleaned rows of a run."""


def maintain(spark: SparkSession, arguments: Arguments, job: Job, manifest: Manifest, steps: Steps) -> Report:
    now = began(arguments.run_id)
    for dataset in job.datasets:
        kept = manifest.keep.get(dataset.name, [])
        for table, keep in ((curated(arguments, dataset), kept), (quarantine(arguments, dataset), [])):
            name = table.rpartition(".")[2]
            if snapshots.snapshot(spark, table) is None:
                continue
            with steps.step(f"compact {name}") as found:
                found.update(files=_compact(spark, table))
            with steps.step(f"expire {name}") as found:
                found.update(snapshots=_expire(spark, table, set(keep), now))
            with steps.step(f"remove orphans {name}") as found:
                found.update(files=_remove_orphans(spark, table))
        with steps.step(f"remove cleaned {dataset.name}") as found:
            found.update(runs=_remove_cleaned(arguments, dataset, now))
    return report_of_tables(spark, arguments, job, steps)


def _compact(spark: SparkSession, table: str) -> int:
    """Returns how many files went into larger ones."""
    row = _call(spark, table, "rewrite_data_files", f"options => map('min-input-files', '{_SMALL_FILES}')")
    return int(row[0]["rewritten_data_files_count"])


def _expire(spark: SparkSession, table: str, keep: Collection[str], now: datetime) -> int:
    """Returns how many snapshots went."""
    for name in snapshots.branches_before(spark, table, now - _BRANCHES):
        snapshots.drop_branch(spark, table, name)
    old = snapshots.unreferenced_before(spark, table, now - _READERS)
    gone = [snapshot for snapshot in old if snapshot not in keep]
    if gone:
        ids = ", ".join(f"{int(snapshot)}L" for snapshot in gone)
        # By default all that are older than five days would go besides.
        never = "older_than => TIMESTAMP '1970-01-02 00:00:00'"
        _call(spark, table, "expire_snapshots", f"snapshot_ids => ARRAY({ids}), {never}")
    return len(gone)


def _remove_orphans(spark: SparkSession, table: str) -> int:
    """Files that no snapshot knows are a killed run's, once they are three days old, the default."""
    return len(_call(spark, table, "remove_orphan_files", "dry_run => false"))


def _remove_cleaned(arguments: Arguments, dataset: Dataset, now: datetime) -> int:
    """Returns of how many runs the cleaned rows went."""
    parent = cleaned(arguments, dataset).rpartition("/")[0]
    old = [name for name in objects.folders(parent) if began(name.removeprefix("run=")) < now - _CLEANED]
    for name in old:
        objects.delete_folder(f"{parent}/{name}")
    return len(old)


def _call(spark: SparkSession, table: str, procedure: str, arguments: str) -> list[Row]:
    catalog, _, name = table.partition(".")
    return spark.sql(f"CALL {catalog}.system.{procedure}(table => '{name}', {arguments})").collect()
