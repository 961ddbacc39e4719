"""Rollback: a table as an earlier run left it. Its other snapshots stay, so that nothing is lost by it."""

from pyspark.sql import SparkSession

from .arguments import Arguments
from .contract import Job
from .formats import format_of
from .history import reopen
from .manifest import Manifest
from .report import Report, report_of_tables
from .steps import Steps
from .tables import curated


def roll_back(
    spark: SparkSession, arguments: Arguments, job: Job, manifest: Manifest, steps: Steps
) -> Report:
    """Sets the table back; rows in quarantine that the undone runs took in are open again."""
    dataset = next(each for each in job.datasets if each.name == manifest.work.dataset)
    table = curated(arguments, dataset)
    with steps.step(f"roll back {dataset.name}"):
        wanted, now = manifest.work.snapshot_id, format_of(dataset).current(spark, table)
        if wanted is not None:
            format_of(dataset).set_current(spark, table, wanted)
        elif now is not None and now.rows > 0:
            # Before its first rows, the table had no snapshot to go back to.
            spark.sql(f"DELETE FROM {table}")
    with steps.step(f"reopen {dataset.name}"):
        reopen(spark, arguments, dataset, manifest)
    return report_of_tables(spark, arguments, job, steps)
