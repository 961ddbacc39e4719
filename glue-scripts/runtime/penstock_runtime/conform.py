"""Conform: files in, accepted rows out as cleaned Parquet, everything else set aside with its reasons."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial, reduce

from pyspark.sql import DataFrame, SparkSession

from . import objects
from .arguments import Arguments
from .contract import Dataset, Job
from .duplicates import drop_duplicates
from .history import asked_for, in_files
from .intake import FileOutcome, lines_of_files
from .manifest import Manifest
from .observed import Observed, observed
from .pseudonym import pads
from .quarantine import broken_lines, by_reason, refused_rows, set_aside
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
    reasons: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Conform:
    files: list[FileOutcome]
    datasets: dict[str, Conformed]


def conform(
    spark: SparkSession,
    arguments: Arguments,
    job: Job,
    manifest: Manifest,
    steps: Steps,
    key: Callable[[], bytes],
) -> Conform:
    """Does the step, unless an earlier attempt of this run finished it.

    `key` gives the key of the pseudonyms and is asked only when a dataset has personal data.
    """
    done = _done(arguments, job, manifest)
    if done is not None:
        steps.log("conform", "resumed")
        return done
    copies = f"{arguments.lake}runs/{manifest.pipeline}/{arguments.run_id}/copies/"
    try:
        result = _conform(spark, arguments, job, manifest, steps, key, copies)
    finally:
        objects.delete_folder(copies)
    with steps.step("conformed"):
        content = {"job": _fingerprint(job), **asdict(result)}
        objects.write(_summary(arguments, manifest), json.dumps(content, indent=1).encode())
    return result


def _conform(
    spark: SparkSession,
    arguments: Arguments,
    job: Job,
    manifest: Manifest,
    steps: Steps,
    key: Callable[[], bytes],
    copies: str,
) -> Conform:
    outcomes: list[FileOutcome] = []
    if manifest.work.kind == "redrive":
        lines = _redriven(spark, arguments, job, manifest, steps)
    else:
        lines, outcomes = lines_of_files(spark, manifest.files, job.profiles, copies, steps)
    datasets = {
        dataset.name: _dataset(
            spark,
            arguments,
            dataset,
            lines,
            manifest.attempt,
            steps,
            key,
            partial(read_again, spark, arguments, job, dataset, manifest, outcomes),
        )
        if manifest.work.dataset in (None, dataset.name)
        else Conformed()
        for dataset in job.datasets
    }
    return Conform(outcomes, datasets)


def read_again(
    spark: SparkSession,
    arguments: Arguments,
    job: Job,
    dataset: Dataset,
    manifest: Manifest,
    outcomes: Sequence[FileOutcome],
) -> DataFrame | None:
    """The rows that earlier runs set aside and that this one reads: those asked for, or all of its files."""
    if manifest.work.kind == "redrive":
        return asked_for(spark, arguments, dataset, manifest.work, job.profiles)
    yielding = {profile.name for profile in job.profiles if dataset.name in profile.sql}
    read = {each.key for each in outcomes if each.status == "accepted" and each.profile in yielding}
    return in_files(spark, arguments, dataset, [file for file in manifest.files if file.key in read])


def _redriven(
    spark: SparkSession, arguments: Arguments, job: Job, manifest: Manifest, steps: Steps
) -> list[Lines]:
    dataset = next(each for each in job.datasets if each.name == manifest.work.dataset)
    with steps.step("select") as found:
        again = read_again(spark, arguments, job, dataset, manifest, [])
        lines = [] if again is None else quarantined_lines(again, job.profiles)
        found.update(rows=sum(sum(each.rows.values()) for each in lines))
    return lines


def _dataset(
    spark: SparkSession,
    arguments: Arguments,
    dataset: Dataset,
    lines: Sequence[Lines],
    attempt: int,
    steps: Steps,
    key: Callable[[], bytes],
    again: Callable[[], DataFrame | None],
) -> Conformed:
    """Cleans one dataset out of all groups whose profile yields it."""
    mine = [each for each in lines if dataset.name in each.group.profile.sql and any(each.rows.values())]
    folder = cleaned(arguments, dataset)
    objects.delete_folder(folder)
    written = duplicates = 0
    parts: list[DataFrame] = []
    if mine:
        with steps.step(f"clean {dataset.name}") as found:
            watched = [_watched(spark, each, dataset) for each in mine]
            secret = pads(spark, key()) if any(column.pseudonymise for column in dataset.columns) else None
            rows = [accepted(each.rows.rows, dataset, secret, arguments.run_id) for each in watched]
            reduce(DataFrame.unionByName, rows).write.mode("overwrite").parquet(objects.spark_path(folder))
            written = spark.read.parquet(objects.spark_path(folder)).count()
            parts = [part for each in watched for part in each.set_aside(dataset)]
            found.update(rows=written)
        with steps.step(f"deduplicate {dataset.name}") as found:
            duplicates = drop_duplicates(spark, folder, dataset) if written else 0
            found.update(duplicates=duplicates)
    aside: dict[str, int] = {}
    if parts or attempt > 1:
        with steps.step(f"quarantine {dataset.name}") as found:
            aside = set_aside(spark, arguments, dataset, parts, again())
            found.update(rows=sum(aside.values()))
    quarantined = sum(aside.values())
    return Conformed(
        read=written + quarantined,
        accepted=written - duplicates,
        quarantined=quarantined,
        duplicates=duplicates,
        reasons=by_reason(aside),
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


def _watched(spark: SparkSession, lines: Lines, dataset: Dataset) -> _Watched:
    broken = observed(lines.parsed, "_broken IS NOT NULL")
    rows = judged(spark, Lines(lines.group, broken.rows, lines.rows), dataset)
    return _Watched(lines, broken, observed(rows, REFUSED))


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
