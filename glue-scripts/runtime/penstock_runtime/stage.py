"""Stage: only what differs from the table, by primary key, the newest winning, made ready to be published."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, replace
from functools import cache

from pyspark.sql import DataFrame, SparkSession

from .arguments import Arguments
from .changes import OUTCOMES, Changes, compare
from .cleaned_rows import cleaned_rows
from .conformed import Conformed
from .contract import Dataset
from .formats import format_of
from .table_format import Snapshot
from .tables import curated


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
    """The branch's newest, or the table's when nothing changes; None until published, without branches."""
    base: str | None = None
    """The snapshot that the rows were compared with; None when the table was never written."""
    rows_before: int = 0
    rows: int = 0
    """In the table, once the changes are published."""

    def as_json(self) -> dict[str, object]:
        return asdict(self)


def stage(
    spark: SparkSession, arguments: Arguments, dataset: Dataset, conformed: Conformed, now: Snapshot | None
) -> Staged:
    """Compares the run's rows with what people query, which is at `now`, and stages what differs."""
    table, format = curated(arguments, dataset), format_of(dataset)
    before = 0 if now is None else now.rows
    base = None if now is None else now.id
    untouched = Staged(base=base, snapshot_id=base, rows_before=before, rows=before)
    if conformed.accepted == 0:
        format.discard(spark, table, arguments.run_id)
        return untouched
    known = {"inserted": conformed.accepted} if before == 0 else None
    with _changes(spark, arguments, dataset, conformed.accepted, before, known) as changes:
        inserted, updated, unchanged, superseded = (changes.counts.get(each, 0) for each in OUTCOMES)
        counted = replace(
            untouched, inserted=inserted, updated=updated, unchanged=unchanged, superseded=superseded
        )
        if inserted + updated == 0:
            format.discard(spark, table, arguments.run_id)
            return counted
        staging = format.stage(spark, table, changes)
    return replace(counted, branch=staging.branch, snapshot_id=staging.snapshot_id, rows=staging.rows)


def publish(spark: SparkSession, arguments: Arguments, dataset: Dataset, staged: Staged) -> str | None:
    """Publishes what was staged, unless that was done; returns the table's snapshot."""
    table, format = curated(arguments, dataset), format_of(dataset)
    now = format.current_id(spark, table)
    # Nothing is published yet onto a table that is still what the rows were compared with.
    if now == staged.base or not format.published(spark, table, arguments.run_id):
        counts = {outcome: getattr(staged, outcome) for outcome in OUTCOMES}
        with _changes(spark, arguments, dataset, sum(counts.values()), staged.rows_before, counts) as changes:
            format.publish(spark, table, changes, staged.base)
        now = format.current_id(spark, table)
    return now


@contextmanager
def _changes(
    spark: SparkSession,
    arguments: Arguments,
    dataset: Dataset,
    accepted: int,
    before: int,
    known: dict[str, int] | None,
) -> Iterator[Changes]:
    """What the run changes, as long as the block lasts; `known` are its counts, if there are any."""
    rows = cleaned_rows(spark, arguments, dataset, accepted)
    with ExitStack() as end:

        @cache
        def compared() -> DataFrame:
            found = compare(rows, spark.table(curated(arguments, dataset)), dataset).persist()
            end.callback(found.unpersist)
            return found

        counts = _counts(compared(), accepted) if known is None else known
        yield Changes(arguments.run_id, dataset, rows, compared, counts, before)


def _counts(compared: DataFrame, accepted: int) -> dict[str, int]:
    found = {row["outcome"]: row["count"] for row in compared.groupBy("outcome").count().collect()}
    return {"inserted": accepted - sum(found.values()), **found}
