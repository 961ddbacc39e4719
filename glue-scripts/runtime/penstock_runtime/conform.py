"""Conform: files in, accepted rows out as cleaned Parquet, everything else set aside with its reasons."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field, replace
from functools import reduce

from pyspark.sql import DataFrame, SparkSession

from . import objects
from .again import Again
from .arguments import Arguments
from .cleaned_rows import rows_in
from .contract import Dataset, Job
from .duplicates import count_rows, drop_duplicates, newest
from .intake import FileOutcome, lines_of_files
from .kept import Kept
from .manifest import Manifest
from .observed import Observed, observed
from .pseudonym import pads
from .quarantine import broken_lines, by_reason, refused_rows, set_aside, waiting
from .raw import Lines
from .redrive import quarantined_lines
from .rows import REFUSED, accepted, judged
from .steps import Steps
from .tables import cleaned


@dataclass(frozen=True)
class Conformed:
    """The counts of one dataset: `read = accepted + quarantined + duplicates`."""

    read: int = 0
    accepted: int = 0
    quarantined: int = 0
    duplicates: int = 0
    waiting: int = 0
    """Of those in quarantine, the ones that wait for a parent and for nothing else."""
    reasons: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Conform:
    files: list[FileOutcome]
    datasets: dict[str, Conformed]


def conform(again: Again, steps: Steps, key: Callable[[], bytes]) -> Conform:
    """Does the step, unless an earlier attempt of this run finished it; tells `again` what it found.

    `key` gives the key of the pseudonyms and is asked only when a dataset has personal data.
    """
    arguments, job, manifest = again.arguments, again.job, again.manifest
    done = _done(arguments, job, manifest)
    if done is not None:
        steps.log("conform", "resumed")
        again.outcomes, again.accepted = done.files, _accepted(done.datasets)
        return done
    try:
        result = _conform(again, steps, key)
    finally:
        objects.delete_folder(again.copies)
    with steps.step("conformed"):
        content = {"job": _fingerprint(job), **asdict(result)}
        objects.write(_summary(arguments, manifest), json.dumps(content, indent=1).encode())
    return result


def _conform(again: Again, steps: Steps, key: Callable[[], bytes]) -> Conform:
    job, work = again.job, again.manifest.work
    outcomes: list[FileOutcome] = []
    datasets: dict[str, Conformed] = {}
    with ExitStack() as end:
        if work.kind == "redrive":
            lines = _redriven(again, steps)
        else:
            lines, outcomes = lines_of_files(
                again.spark, again.manifest.files, job.profiles, again.copies, steps, end
            )
        again.outcomes = outcomes
        kept = Kept(again.manifest, end)
        # Lines that several datasets come from are parsed but once.
        lines = [
            replace(each, parsed=kept(each.parsed)) if len(each.group.profile.sql) > 1 else each
            for each in lines
        ]
        # Parents come before what refers to them.
        for dataset in job.datasets:
            asked = work.dataset in (None, dataset.name)
            datasets[dataset.name] = _dataset(again, dataset, lines if asked else [], steps, key)
            again.accepted = _accepted(datasets)
    return Conform(outcomes, datasets)


def _accepted(datasets: Mapping[str, Conformed]) -> dict[str, int]:
    return {name: counts.accepted for name, counts in datasets.items()}


def _redriven(again: Again, steps: Steps) -> list[Lines]:
    dataset = next(each for each in again.job.datasets if each.name == again.manifest.work.dataset)
    with steps.step("select") as found:
        rows = again.asked(dataset)
        lines = [] if rows is None else quarantined_lines(rows, again.job.profiles, again.copies)
        found.update(rows=sum(sum(each.rows.values()) for each in lines))
    return lines


def _dataset(
    again: Again, dataset: Dataset, lines: Sequence[Lines], steps: Steps, key: Callable[[], bytes]
) -> Conformed:
    """Cleans one dataset out of all groups whose profile yields it."""
    spark, arguments = again.spark, again.arguments
    mine = [each for each in lines if dataset.name in each.group.profile.sql and any(each.rows.values())]
    mine += _put_through(again, dataset, steps)
    folder = cleaned(arguments, dataset)
    objects.delete_folder(folder)
    written = duplicates = 0
    parts: list[DataFrame] = []
    aside: dict[str, int] = {}
    with ExitStack() as end:
        kept = Kept(again.manifest, end)
        if mine:
            with steps.step(f"clean {dataset.name}") as found:
                parents = again.parents(dataset)
                watched = [_watched(spark, each, dataset, parents, kept) for each in mine]
                secret = pads(spark, key()) if any(each.pseudonymise for each in dataset.columns) else None
                rows = reduce(
                    DataFrame.unionByName,
                    [accepted(each.rows.rows, dataset, secret, arguments.run_id) for each in watched],
                )
                clean = _clean_little if kept.is_little else _clean
                written, duplicates = clean(spark, rows, folder, dataset)
                parts = [part for each in watched for part in each.set_aside(dataset)]
                found.update(rows=written, duplicates=duplicates)
        if parts or again.manifest.attempt > 1:
            with steps.step(f"quarantine {dataset.name}") as found:
                aside = set_aside(spark, arguments, dataset, parts, again.asked(dataset) if parts else None)
                found.update(rows=sum(aside.values()))
    quarantined = sum(aside.values())
    return Conformed(
        read=written + quarantined,
        accepted=written - duplicates,
        quarantined=quarantined,
        duplicates=duplicates,
        waiting=waiting(aside),
        reasons=by_reason(aside),
    )


def _clean_little(spark: SparkSession, rows: DataFrame, folder: str, dataset: Dataset) -> tuple[int, int]:
    """Writes the rows, one per primary key; returns how many there were, and how many of them went.

    They are kept, so that looking for duplicates first costs less than taking them out of files.
    """
    count, is_ambiguous = count_rows(rows, dataset)
    _write(newest(rows, dataset) if is_ambiguous else rows, folder)
    return count, count - rows_in(spark, folder, dataset).count() if is_ambiguous else 0


def _clean(spark: SparkSession, rows: DataFrame, folder: str, dataset: Dataset) -> tuple[int, int]:
    """The same of rows that are computed each time that they are read."""
    _write(rows, folder)
    count, is_ambiguous = count_rows(rows_in(spark, folder, dataset), dataset)
    return count, drop_duplicates(spark, folder, dataset) if is_ambiguous else 0


def _write(rows: DataFrame, folder: str) -> None:
    rows.write.mode("overwrite").parquet(objects.spark_path(folder))


def _put_through(again: Again, dataset: Dataset, steps: Steps) -> list[Lines]:
    """The lines of orphans whose parents this run brings."""
    if not any(again.accepted.get(key.dataset) for key in dataset.foreign_keys):
        return []
    with steps.step(f"put through {dataset.name}") as found:
        rows = again.put_through(dataset)
        lines = [] if rows is None else quarantined_lines(rows, again.job.profiles, again.copies)
        found.update(rows=sum(sum(each.rows.values()) for each in lines))
    return lines


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


def _watched(
    spark: SparkSession, lines: Lines, dataset: Dataset, parents: Mapping[str, DataFrame], kept: Kept
) -> _Watched:
    """The judged rows are kept, so that setting some aside doesn't judge all of them again."""
    broken = observed(lines.parsed, "_broken IS NOT NULL")
    rows = judged(spark, Lines(lines.group, broken.rows, lines.rows), dataset, parents)
    return _Watched(lines, broken, observed(kept(rows), REFUSED))


def _summary(arguments: Arguments, manifest: Manifest) -> str:
    return f"{arguments.lake}runs/{manifest.pipeline}/{arguments.run_id}/conform.json"


def _done(arguments: Arguments, job: Job, manifest: Manifest) -> Conform | None:
    """What an earlier attempt found, if it came to the end of this step with the same contract."""
    content = objects.read_if_there(_summary(arguments, manifest))
    found = None if content is None else json.loads(content)
    if found is None or found["job"] != _fingerprint(job):
        return None
    return Conform(
        files=[FileOutcome(**file) for file in found["files"]],
        datasets={name: Conformed(**counts) for name, counts in found["datasets"].items()},
    )


def _fingerprint(job: Job) -> str:
    return hashlib.sha256(repr(job).encode()).hexdigest()
