"""Load: conform, stage, gate, publish, close what quarantine had open. A redrive is a load of its rows."""

import json
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from pyspark.sql import SparkSession

from . import objects
from .again import Again
from .arguments import Arguments
from .at_once import meanwhile
from .cleaned_rows import cleaned_rows
from .conform import Conform, conform
from .contract import Dataset, Job
from .formats import format_of
from .gate import GateResult, gate
from .history import close, count_orphans, hold
from .manifest import Manifest
from .report import Report, report
from .stage import Staged, publish, stage
from .steps import Steps
from .table_format import Snapshot
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
    # Nothing else writes to them. The first look at a Delta table reads its log, which keeps one core busy.
    with meanwhile(spark, lambda: _tables(spark, arguments, job)) as tables:
        conformed = conform(again, steps, key)
    staged = _stage(spark, arguments, job, conformed, tables(), steps, f"{folder}/stage.json")
    gates = _gate(spark, arguments, job, manifest, conformed, staged, steps)
    if all(result.passed for result in gates):
        _publish(spark, arguments, job, staged, steps)
        _close(again, conformed, steps)
    else:
        _hold(spark, arguments, job, conformed, steps)
    orphans = {each.name: count_orphans(spark, arguments, each) for each in job.datasets}
    return report(conformed, staged, gates, orphans, steps)


def _tables(spark: SparkSession, arguments: Arguments, job: Job) -> dict[str, Snapshot | None]:
    return {each.name: format_of(each).current(spark, curated(arguments, each)) for each in job.datasets}


def _stage(
    spark: SparkSession,
    arguments: Arguments,
    job: Job,
    conformed: Conform,
    tables: dict[str, Snapshot | None],
    steps: Steps,
    notes: str,
) -> dict[str, Staged]:
    """Stages every dataset, but those that an earlier attempt published: their counts were noted down."""
    noted = objects.read_if_there(notes)
    earlier = {} if noted is None else {name: Staged(**each) for name, each in json.loads(noted).items()}

    def one(dataset: Dataset, found: dict[str, Any]) -> Staged:
        table = curated(arguments, dataset)
        if dataset.name in earlier and format_of(dataset).published(spark, table, arguments.run_id):
            found.update(published="before")
            return earlier[dataset.name]
        each = stage(spark, arguments, dataset, conformed.datasets[dataset.name], tables[dataset.name])
        found.update(each.as_json())
        return each

    staged = steps.at_once(spark, {each.name: partial(one, each) for each in job.datasets}, "stage")
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
    def one(dataset: Dataset, found: dict[str, Any]) -> list[GateResult]:
        counts = conformed.datasets[dataset.name]
        rows = cleaned_rows(spark, arguments, dataset, counts.accepted) if counts.accepted else None
        # Rows that were set aside before may be so again, as many as like.
        share = manifest.work.kind == "load"
        checked = gate(spark, dataset, rows, counts, staged[dataset.name], share)
        found.update(passed=sum(each.passed for each in checked), rules=len(checked))
        return checked

    results = steps.at_once(spark, {each.name: partial(one, each) for each in job.datasets}, "gate")
    return [each for checked in results.values() for each in checked]


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
    def one(dataset: Dataset, found: dict[str, Any]) -> None:
        accepted = conformed.datasets[dataset.name].accepted
        found.update(close(again.spark, again.arguments, dataset, again.rows(dataset), accepted))

    read = [each for each in again.job.datasets if conformed.datasets[each.name].read]
    steps.at_once(again.spark, {each.name: partial(one, each) for each in read}, "close")
