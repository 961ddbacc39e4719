"""Conform: files in, accepted rows out as cleaned Parquet, everything else set aside with its reasons."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace

from . import objects
from .again import Again
from .arguments import Arguments
from .clean import Cleaning
from .conformed import Conformed
from .contract import Dataset, Job
from .intake import FileOutcome, lines_of_files
from .kept import Kept
from .manifest import Manifest, Work
from .raw import Lines
from .redrive import quarantined_lines
from .steps import Steps, Works


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
        _remove_copies(again, steps)
    with steps.step("conformed"):
        content = {"job": _fingerprint(job), **asdict(result)}
        objects.write(_summary(arguments, manifest), json.dumps(content, indent=1).encode())
    return result


def _conform(again: Again, steps: Steps, key: Callable[[], bytes]) -> Conform:
    job, work = again.job, again.manifest.work
    outcomes: list[FileOutcome] = []
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
        of = {
            each.name: Cleaning(again, each, kept, key, _lines_of(each, lines, work)) for each in job.datasets
        }
        for each in of.values():
            each.empty()
        _clean([[of[each.name] for each in wave] for wave in _waves(job.datasets)], again, steps)
        return Conform(outcomes, {name: each.counts() for name, each in of.items()})


def _remove_copies(again: Again, steps: Steps) -> None:
    """Nobody reads those that stay, so they fail no run, and hide nothing that does."""
    try:
        objects.delete_folder(again.copies)
    except Exception as error:
        steps.log("remove copies", "failed", error=type(error).__name__, why=str(error))


def _clean(waves: Sequence[Sequence[Cleaning]], again: Again, steps: Steps) -> None:
    """Wave by wave. What one sets aside is written along with the next, since either keeps one core busy."""
    aside: Works = {}
    for wave in waves:
        cleaned = {f"clean {each.name}": each.clean for each in wave if each.lines or each.has_new_parents}
        steps.at_once(again.spark, cleaned | aside)
        again.accepted = {**again.accepted, **{each.name: each.accepted for each in wave}}
        aside = {f"quarantine {each.name}": each.quarantine for each in wave if each.has_set_aside}
    steps.at_once(again.spark, aside)


def _waves(datasets: Sequence[Dataset]) -> list[list[Dataset]]:
    """Those that can be cleaned at the same time: parents come in a wave before what refers to them."""
    waves: list[list[Dataset]] = []
    place: dict[str, int] = {}
    for dataset in datasets:
        place[dataset.name] = max((place[key.dataset] + 1 for key in dataset.foreign_keys), default=0)
        if place[dataset.name] == len(waves):
            waves.append([])
        waves[place[dataset.name]].append(dataset)
    return waves


def _lines_of(dataset: Dataset, lines: Sequence[Lines], work: Work) -> list[Lines]:
    """Those of all groups whose profile yields the dataset, if the work is about it."""
    if work.dataset not in (None, dataset.name):
        return []
    return [each for each in lines if dataset.name in each.group.profile.sql and each.count]


def _accepted(datasets: Mapping[str, Conformed]) -> dict[str, int]:
    return {name: counts.accepted for name, counts in datasets.items()}


def _redriven(again: Again, steps: Steps) -> list[Lines]:
    dataset = next(each for each in again.job.datasets if each.name == again.manifest.work.dataset)
    with steps.step("select") as found:
        rows = again.asked(dataset)
        lines = [] if rows is None else quarantined_lines(rows, again.job.profiles, again.copies)
        found.update(rows=sum(each.count for each in lines))
    return lines


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
