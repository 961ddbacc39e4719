"""Conform: files in, accepted rows out as cleaned Parquet, everything else set aside with its reasons."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import partial, reduce

from pyspark.sql import DataFrame, SparkSession

from . import objects
from .arguments import Arguments
from .arrival import Arrived, Rejected, arrivals
from .contract import Dataset, Job, Profile
from .duplicates import drop_duplicates
from .header import UnknownHeaderError, in_file_order, profile_of
from .history import asked_for, in_files
from .manifest import Manifest
from .observed import Observed, observed
from .plain import UnreadableError, write_plain
from .pseudonym import pads
from .quarantine import broken_lines, by_reason, refused_rows, set_aside
from .raw import Lines, parse
from .redrive import quarantined_lines
from .rows import REFUSED, accepted, judged
from .steps import Steps
from .survey import Group, Split, survey
from .tables import cleaned


@dataclass(frozen=True)
class FileOutcome:
    key: str
    status: str
    """`accepted` or `rejected`."""
    profile: str | None = None
    rows: int = 0
    """Lines that are neither blank nor the header."""
    reason: str | None = None


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
    copies = f"{arguments.lake}copies/{manifest.pipeline}/{arguments.run_id}/"
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
        lines, outcomes = _of_files(spark, job, manifest, steps, copies)
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


def _of_files(
    spark: SparkSession, job: Job, manifest: Manifest, steps: Steps, copies: str
) -> tuple[list[Lines], list[FileOutcome]]:
    with steps.step("inspect", files=len(manifest.files)) as found:
        groups, outcomes = _grouped(arrivals(manifest.files), job.profiles, copies)
        found.update(groups=len(groups), rejected=sum(each.status == "rejected" for each in outcomes))
    with steps.step("survey") as found:
        lines = _surveyed(spark, groups)
        outcomes = [_with_rows(each, lines) for each in outcomes]
        found.update(rows=sum(each.rows for each in outcomes))
    return lines, outcomes


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


def _grouped(
    files: Sequence[Arrived | Rejected], profiles: Sequence[Profile], copies: str
) -> tuple[list[Group], list[FileOutcome]]:
    members: dict[tuple[str, tuple[str, ...]], list[Arrived]] = {}
    outcomes = []
    for index, each in enumerate(files):
        arrived, profile, outcome = _matched(each, profiles, f"{copies}{index}.txt")
        outcomes.append(outcome)
        if arrived is not None and profile is not None:
            members.setdefault((profile.name, in_file_order(arrived.header, profile)), []).append(arrived)
    by_name = {profile.name: profile for profile in profiles}
    return [Group(by_name[name], columns, tuple(of)) for (name, columns), of in members.items()], outcomes


def _matched(
    each: Arrived | Rejected, profiles: Sequence[Profile], copy: str
) -> tuple[Arrived | None, Profile | None, FileOutcome]:
    """The file as Spark is to read it, which may be a copy that is written here."""
    if isinstance(each, Rejected):
        return None, None, FileOutcome(each.file.key, "rejected", reason=each.reason)
    if not each.header:
        return None, None, FileOutcome(each.file.key, "accepted")
    try:
        profile = profile_of(each.header, profiles)
        if profile.multiline or not each.plain:
            write_plain(each, profile, copy)
            each = replace(each, copy=copy)
    except (UnknownHeaderError, UnreadableError) as error:
        return None, None, FileOutcome(each.file.key, "rejected", reason=str(error))
    return each, profile, FileOutcome(each.file.key, "accepted", profile=profile.name)


def _surveyed(spark: SparkSession, groups: Sequence[Group]) -> list[Lines]:
    splits: dict[int, list[Split]] = {index: [] for index in range(len(groups))}
    for split in survey(spark, groups):
        splits[split.group].append(split)
    return [parse(spark, group, splits[index]) for index, group in enumerate(groups)]


def _with_rows(outcome: FileOutcome, lines: Sequence[Lines]) -> FileOutcome:
    if outcome.status == "rejected" or outcome.profile is None:
        return outcome
    rows = next((each.rows[outcome.key] for each in lines if outcome.key in each.rows), None)
    if rows is None:
        # Hadoop passes over some names without a word; arrival.py knows them, but may not know all.
        reason = "Spark passed over it; send it again under another name"
        return FileOutcome(outcome.key, "rejected", reason=reason)
    return FileOutcome(outcome.key, outcome.status, outcome.profile, rows)


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
