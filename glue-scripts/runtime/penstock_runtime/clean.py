"""Clean: lines become accepted rows in Parquet files, or are set aside with their reasons."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import reduce
from typing import Any

from pyspark.sql import DataFrame, SparkSession

from . import objects
from .again import Again
from .cleaned_rows import rows_in
from .conformed import Conformed
from .contract import Dataset
from .duplicates import count_keys, count_rows, drop_duplicates, newest
from .few_rows import together
from .formats import format_of
from .kept import Kept
from .observed import Observed, observed
from .orphans import Parents
from .pseudonym import pads
from .quarantine import broken_lines, by_reason, refused_rows, set_aside, waiting
from .raw import Lines
from .redrive import quarantined_lines
from .rows import REFUSED, accepted, judged
from .tables import cleaned, curated


@dataclass
class Cleaning:
    """One dataset on its way from lines to counts."""

    again: Again
    dataset: Dataset
    kept: Kept
    key: Callable[[], bytes]
    """As in `conform`."""
    lines: list[Lines]
    """Those that the run read."""
    parts: list[DataFrame] = field(default_factory=list)
    """What has to be set aside."""
    written: int = 0
    duplicates: int = 0
    aside: dict[str, int] = field(default_factory=dict)
    """Rows that were set aside, by their reasons."""

    @property
    def name(self) -> str:
        return self.dataset.name

    @property
    def folder(self) -> str:
        return cleaned(self.again.arguments, self.dataset)

    @property
    def table(self) -> str:
        return curated(self.again.arguments, self.dataset)

    @property
    def accepted(self) -> int:
        return self.written - self.duplicates

    @property
    def has_new_parents(self) -> bool:
        return any(self.again.accepted.get(key.dataset) for key in self.dataset.foreign_keys)

    @property
    def has_set_aside(self) -> bool:
        """Or an earlier attempt may have."""
        return bool(self.parts) or self.again.manifest.attempt > 1

    def empty(self) -> None:
        """Removes what an earlier attempt wrote."""
        objects.delete_folder(self.folder)
        format_of(self.dataset).discard(self.again.spark, self.table, self.again.arguments.run_id)

    def clean(self, found: dict[str, Any]) -> None:
        """Writes what is accepted, and sees what has to be set aside."""
        if self.has_new_parents:
            orphans = self._put_through()
            found.update(put_through=sum(each.count for each in orphans))
            self.lines += orphans
        if not self.lines:
            return
        again, dataset, spark = self.again, self.dataset, self.again.spark
        parents = again.parents(dataset)
        watched = [_watched(spark, each, dataset, parents, self.kept) for each in self.lines]
        secret = pads(spark, self.key()) if any(each.pseudonymise for each in dataset.columns) else None
        run_id = again.arguments.run_id
        rows = together(
            reduce(
                DataFrame.unionByName,
                [accepted(each.rows.rows, dataset, secret, run_id) for each in watched],
            ),
            sum(each.count for each in self.lines),
        )
        write = self._write_few if self.kept.is_little else self._write_many
        self.written, self.duplicates = write(rows)
        self.parts = [part for each in watched for part in each.set_aside(dataset)]
        found.update(rows=self.written, duplicates=self.duplicates)

    def quarantine(self, found: dict[str, Any]) -> None:
        again, dataset = self.again, self.dataset
        before = again.asked(dataset) if self.parts else None
        self.aside = set_aside(again.spark, again.arguments, dataset, self.parts, before)
        found.update(rows=sum(self.aside.values()))

    def _put_through(self) -> list[Lines]:
        """The lines of orphans whose parents this run brings."""
        rows = self.again.put_through(self.dataset)
        return [] if rows is None else quarantined_lines(rows, self.again.job.profiles, self.again.copies)

    def _write_few(self, rows: DataFrame) -> tuple[int, int]:
        """Writes the rows, one per primary key; returns how many there were, and how many of them went.

        They are kept, so that looking for duplicates first costs less than taking them out of files.
        """
        count, different = count_keys(rows, self.dataset)
        _write(newest(rows, self.dataset) if different < count else rows, self.folder)
        return count, count - different

    def _write_many(self, rows: DataFrame) -> tuple[int, int]:
        """The same of rows that are computed each time that they are read.

        Most of them are new to the table, as a rule all, so they are written where it takes them over: a
        second writing costs more than the copies.
        """
        spark, dataset, folder = self.again.spark, self.dataset, self.folder
        run_id = self.again.arguments.run_id
        files = format_of(dataset).write_to_branch(spark, self.table, rows, run_id)
        if files is None:
            _write(rows, folder)
        elif files:
            objects.copy(files, folder)
        else:
            return 0, 0
        count, is_ambiguous = count_rows(rows_in(spark, folder, dataset), dataset)
        return count, drop_duplicates(spark, folder, dataset) if is_ambiguous else 0

    def counts(self) -> Conformed:
        quarantined = sum(self.aside.values())
        return Conformed(
            read=self.written + quarantined,
            accepted=self.accepted,
            quarantined=quarantined,
            duplicates=self.duplicates,
            waiting=waiting(self.aside),
            reasons=by_reason(self.aside),
        )


@dataclass(frozen=True)
class _Watched:
    """A group on its way into the Parquet files, watched for what has to be set aside."""

    lines: Lines
    broken: Observed
    rows: Observed

    def set_aside(self, dataset: Dataset) -> list[DataFrame]:
        """What did not get there, to be read once more; nothing as a rule. Known once the files are."""
        return [
            *([broken_lines(self.lines)] if self.broken.count() != 0 else []),
            *([refused_rows(self.rows.rows, self.lines, dataset)] if self.rows.count() != 0 else []),
        ]


def _watched(spark: SparkSession, lines: Lines, dataset: Dataset, parents: Parents, kept: Kept) -> _Watched:
    """The judged rows are kept, so that setting some aside doesn't judge all of them again."""
    broken = observed(together(lines.parsed, lines.count), "_broken IS NOT NULL")
    rows = judged(spark, Lines(lines.group, broken.rows, lines.rows), dataset, parents)
    return _Watched(lines, broken, observed(kept(rows), REFUSED))


def _write(rows: DataFrame, folder: str) -> None:
    rows.write.mode("overwrite").parquet(objects.spark_path(folder))
