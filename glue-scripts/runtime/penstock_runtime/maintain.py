"""Maintenance: fewer and larger files, and away with what neither a query nor a rollback can want any more.

It is a run like any other, under the pipeline's lease, so nothing else writes meanwhile. Each part is a
commit of its own, or removes what nobody can see; cut short, it is done again.
"""

import re
from datetime import datetime, timedelta

from pyspark.sql import SparkSession

from . import iceberg, objects
from .arguments import Arguments
from .contract import Dataset, Job
from .formats import format_of
from .manifest import Manifest
from .quarantine import began
from .report import Report, report_of_tables
from .steps import Steps
from .tables import cleaned, curated, quarantine

_READERS = timedelta(days=1)
"""A query that began before may still read what is no longer current."""

_BRANCHES = timedelta(days=30)
"""How long the branch of a broken gate can be looked at."""

_CLEANED = timedelta(days=90)
"""How long tables can be built anew from the cleaned rows of a run."""

_OF_RUN = re.compile(r"run=([0-9]{8}T[0-9]{6}Z-[0-9a-f]{6})")
"""The name of a run's folder."""


def maintain(spark: SparkSession, arguments: Arguments, job: Job, manifest: Manifest, steps: Steps) -> Report:
    now = began(arguments.run_id)
    for dataset in job.datasets:
        kept = manifest.keep.get(dataset.name, [])
        for name, table, format, keep in (
            (dataset.name, curated(arguments, dataset), format_of(dataset), kept),
            (f"{dataset.name}_quarantine", quarantine(arguments, dataset), iceberg, []),
        ):
            if format.current(spark, table) is None:
                continue
            with steps.step(f"compact {name}") as found:
                found.update(files=format.compact(spark, table))
            with steps.step(f"expire {name}") as found:
                readers, branches = now - _READERS, now - _BRANCHES
                found.update(snapshots=format.expire(spark, table, set(keep), readers, branches))
            with steps.step(f"remove orphans {name}") as found:
                found.update(files=format.remove_orphans(spark, table))
        with steps.step(f"remove cleaned {dataset.name}") as found:
            found.update(runs=_remove_cleaned(arguments, dataset, now))
    return report_of_tables(spark, arguments, job, steps)


def _remove_cleaned(arguments: Arguments, dataset: Dataset, now: datetime) -> int:
    """Returns of how many runs the cleaned rows went."""
    parent = cleaned(arguments, dataset).rpartition("/")[0]
    old = [name for name in objects.folders(parent) if _is_of_run_before(now - _CLEANED, name)]
    for name in old:
        objects.delete_folder(f"{parent}/{name}")
    return len(old)


def _is_of_run_before(time: datetime, folder: str) -> bool:
    """Of a folder that no run made it is false: whoever did may still want it."""
    run = _OF_RUN.fullmatch(folder)
    try:
        return run is not None and began(run[1]) < time
    except ValueError:
        # Digits that are no time.
        return False
