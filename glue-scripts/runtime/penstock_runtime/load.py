"""Load: conform, stage, gate, publish, close what quarantine had open. A redrive is a load of its rows."""

import json
from collections.abc import Callable
from dataclasses import replace

from pyspark.sql import SparkSession

from . import objects
from .again import Again
from .arguments import Arguments
from .cleaned_rows import cleaned_rows
from .conform import Conform, conform
from .contract import Job
from .formats import format_of
from .gate import GateResult, gate
from .history import close, count_orphans, hold
from .manifest import Manifest
from .report import Report, report
from .stage import Staged, publish, stage
from .steps import Steps
from .tables import curated


def load(
    spark: SparkSession,
    arguments: Arguments,
    job: Job,
    manifest: Manifest,
    steps: Steps,
    key: Callable[[], bytes],
) -> Report:
    """Takes the run's rows into the tables, unless a gate is broken."""
    folder = f"{arguments.lake}runs/{manifest.pipeline}/{arguments.run_id}"
    again = Again(spark, arguments, job, manifest)
    conformed = conform(again, steps, key)
    staged = _stage(spark, arguments, job, conformed, steps, f"{folder}/stage.json")
    gates = _gate(spark, arguments, job, manifest, conformed, staged, steps)
    if all(result.passed for result in gates):
        _publish(spark, arguments, job, staged, steps)
        _close(again, conformed, steps)
    else:
        _hold(spark, arguments, job, conformed, steps)
    orphans = {each.name: count_orphans(spark, arguments, each) for each in job.datasets}
    return report(conformed, staged, gates, orphans, steps)


def _stage(
    spark: SparkSession, arguments: Arguments, job: Job, conformed: Conform, steps: Steps, notes: str
) -> dict[str, Staged]:
    """Stages every dataset, but those that an earlier attempt published: their counts were noted down."""
    noted = objects.read_if_there(notes)
    earlier = {} if noted is None else {name: Staged(**each) for name, each in json.loads(noted).items()}
    staged = {}
    for dataset in job.datasets:
        table = curated(arguments, dataset)
        if dataset.name in earlier and format_of(dataset).published(spark, table, arguments.run_id):
            steps.log(f"stage {dataset.name}", "published before")
            staged[dataset.name] = earlier[dataset.name]
            continue
        with steps.step(f"stage {dataset.name}") as found:
            staged[dataset.name] = stage(spark, arguments, dataset, conformed.datasets[dataset.name])
            found.update(staged[dataset.name].as_json())
    objects.write(notes, json.dumps({name: each.as_json() for name, each in staged.items()}).encode())
    return staged


def _gate(
    spark: SparkSession,
    arguments: Arguments,
    job: Job,
    manifest: Manifest,
    conformed: Conform,
    staged: dict[str, Staged],
    steps: Steps,
) -> list[GateResult]:
    results = []
    for dataset in job.datasets:
        counts = conformed.datasets[dataset.name]
        with steps.step(f"gate {dataset.name}") as found:
            rows = cleaned_rows(spark, arguments, dataset) if counts.accepted else None
            # Rows that were set aside before may be so again, as many as like.
            share = manifest.work.kind == "load"
            checked = gate(spark, dataset, rows, counts, staged[dataset.name], share)
            found.update(passed=sum(each.passed for each in checked), rules=len(checked))
            results += checked
    return results


def _publish(
    spark: SparkSession, arguments: Arguments, job: Job, staged: dict[str, Staged], steps: Steps
) -> None:
    """Dataset by dataset; an attempt that comes later goes on where this one ended."""
    for dataset in job.datasets:
        each = staged[dataset.name]
        if each.inserted + each.updated == 0:
            continue
        with steps.step(f"publish {dataset.name}"):
            snapshot_id = publish(spark, arguments, dataset, each)
            staged[dataset.name] = replace(each, snapshot_id=snapshot_id)
        with steps.step(f"tidy {dataset.name}"):
            format_of(dataset).discard(spark, curated(arguments, dataset), arguments.run_id)


def _hold(spark: SparkSession, arguments: Arguments, job: Job, conformed: Conform, steps: Steps) -> None:
    for dataset in job.datasets:
        if conformed.datasets[dataset.name].quarantined:
            with steps.step(f"hold {dataset.name}"):
                hold(spark, arguments, dataset)


def _close(again: Again, conformed: Conform, steps: Steps) -> None:
    for dataset in again.job.datasets:
        counts = conformed.datasets[dataset.name]
        if counts.read:
            with steps.step(f"close {dataset.name}") as found:
                rows = again.rows(dataset)
                found.update(close(again.spark, again.arguments, dataset, rows, counts.accepted))
