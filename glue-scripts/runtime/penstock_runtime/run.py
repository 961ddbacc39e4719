"""One run of a job: conform, stage, gate, publish, report. What ends midway, the next attempt finishes."""

import json
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timezone

from pyspark.sql import SparkSession

from . import objects, snapshots
from .arguments import Arguments, parse
from .conform import Conform, conform
from .contract import Job
from .gate import GateResult, gate
from .manifest import Manifest, read_manifest
from .openlineage import Lineage
from .pseudonym import secret_key
from .report import Report, report, write_report
from .session import session
from .stage import Staged, accepted_rows, stage
from .steps import Steps
from .tables import curated, migrate


def run(
    job: Job,
    argv: Sequence[str] | None = None,
    key: Callable[[str], bytes] = secret_key,
    at: Callable[[str], None] = lambda step: None,
    now: Callable[[], datetime] = lambda: datetime.now(timezone.utc),
) -> Report:
    """Runs the job on the files of its manifest and leaves `report.json` beside it.

    `key` reads the key of the pseudonyms by the secret's name, `at` is told each step before it begins.

    Raises: whatever keeps the run from its end; a broken gate does not, it is in the report
    """
    arguments = parse(sys.argv[1:] if argv is None else argv)
    steps = Steps(arguments.run_id, at=at)
    manifest = read_manifest(arguments.manifest)
    lineage = Lineage(arguments, job, manifest, now)
    with ThreadPoolExecutor(max_workers=1) as background:
        # Asked for at once, since it takes as long as Spark takes to begin.
        secret = background.submit(key, arguments.pseudonym_secret) if _personal(job) else None
        try:
            lineage.start()
            done = _run(session(), arguments, job, manifest, steps, secret.result if secret else bytes)
            lineage.complete(done)
        except Exception as error:
            lineage.fail(error)
            raise
    return done


def _run(
    spark: SparkSession,
    arguments: Arguments,
    job: Job,
    manifest: Manifest,
    steps: Steps,
    key: Callable[[], bytes],
) -> Report:
    folder = f"{arguments.lake}runs/{manifest.pipeline}/{arguments.run_id}"
    with steps.step("migrate") as found:
        found.update(statements=sum(len(migrate(spark, arguments, dataset)) for dataset in job.datasets))
    conformed = conform(spark, arguments, job, manifest, steps, key)
    staged = _stage(spark, arguments, job, conformed, steps, f"{folder}/stage.json")
    gates = _gate(spark, arguments, job, conformed, staged, steps)
    if all(result.passed for result in gates):
        _publish(spark, arguments, job, staged, steps)
    steps.log("report", "started")
    done = report(conformed, staged, gates, steps)
    write_report(f"{folder}/report.json", done)
    steps.log("report", "done", outcome=done.outcome, datasets=done.datasets)
    return done


def _personal(job: Job) -> bool:
    return any(column.pseudonymise for dataset in job.datasets for column in dataset.columns)


def _stage(
    spark: SparkSession, arguments: Arguments, job: Job, conformed: Conform, steps: Steps, notes: str
) -> dict[str, Staged]:
    """Stages every dataset, but those that an earlier attempt published: their counts were noted down."""
    noted = objects.read_if_there(notes)
    earlier = {} if noted is None else {name: Staged(**each) for name, each in json.loads(noted).items()}
    staged = {}
    for dataset in job.datasets:
        table = curated(arguments, dataset)
        if dataset.name in earlier and snapshots.published(spark, table, arguments.run_id):
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
    conformed: Conform,
    staged: dict[str, Staged],
    steps: Steps,
) -> list[GateResult]:
    results = []
    for dataset in job.datasets:
        counts = conformed.datasets[dataset.name]
        with steps.step(f"gate {dataset.name}") as found:
            rows = accepted_rows(spark, arguments, dataset) if counts.accepted else None
            checked = gate(spark, dataset, rows, counts, staged[dataset.name])
            found.update(passed=sum(each.passed for each in checked), rules=len(checked))
            results += checked
    return results


def _publish(
    spark: SparkSession, arguments: Arguments, job: Job, staged: dict[str, Staged], steps: Steps
) -> None:
    """Dataset by dataset; an attempt that comes later goes on where this one ended."""
    for dataset in job.datasets:
        branch = staged[dataset.name].branch
        table = curated(arguments, dataset)
        if branch is None:
            continue
        with steps.step(f"publish {dataset.name}"):
            if not snapshots.published(spark, table, arguments.run_id):
                snapshots.fast_forward(spark, table, branch)
        with steps.step(f"tidy {dataset.name}"):
            snapshots.drop_branch(spark, table, branch)
