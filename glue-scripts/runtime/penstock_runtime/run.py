"""One run of a job: the work that its manifest asks for. What ends midway, the next attempt finishes."""

import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timezone

from pyspark.sql import SparkSession

from .arguments import Arguments, parse
from .contract import Job
from .load import load
from .maintain import maintain
from .manifest import Manifest, read_manifest
from .openlineage import Lineage
from .pseudonym import secret_key
from .report import Report, report_of_tables, write_report
from .rollback import roll_back
from .session import session
from .steps import Steps
from .tables import migrate
from .under_way import assert_under_way


def run(
    job: Job,
    argv: Sequence[str] | None = None,
    key: Callable[[str], bytes] = secret_key,
    at: Callable[[str], None] = lambda step: None,
    now: Callable[[], datetime] = lambda: datetime.now(timezone.utc),
) -> Report:
    """Runs the job on the files of its manifest and leaves `report.json` beside it.

    `key` reads the key of the pseudonyms by the secret's name, `at` is told each step before it begins.

    Raises: StartedByHandError when no run is under way for it, and whatever else keeps the run from its end;
    a broken gate does not, it is in the report
    """
    arguments = parse(sys.argv[1:] if argv is None else argv, job.pipeline)
    steps = Steps(arguments.run_id, at=at)
    manifest = read_manifest(arguments.manifest)
    assert_under_way(arguments, manifest)
    lineage = Lineage(arguments, job, manifest, now)
    with ThreadPoolExecutor(max_workers=1) as background:
        # Asked for at once, since it takes as long as Spark takes to begin.
        secret = background.submit(key, arguments.pseudonym_secret) if _personal(job) else None
        try:
            lineage.start()
            done = _run(session(), arguments, job, manifest, steps, secret.result if secret else bytes)
            lineage.complete(done)
        except Exception as error:
            try:
                lineage.fail(error)
            except Exception as another:
                # The run's own is the one to be told.
                steps.log("lineage", "failed", error=type(another).__name__)
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
    with steps.step("migrate") as found:
        found.update(statements=sum(len(migrate(spark, arguments, dataset)) for dataset in job.datasets))
    match manifest.work.kind:
        case "load" | "redrive":
            done = load(spark, arguments, job, manifest, steps, key)
        case "rollback":
            done = roll_back(spark, arguments, job, manifest, steps)
        case "maintain":
            done = maintain(spark, arguments, job, manifest, steps)
        case "migrate":
            done = report_of_tables(spark, arguments, job, steps)
        case unknown:
            raise ValueError(f"the manifest asks for {unknown!r}, which this runtime does not know")
    steps.log("report", "started")
    write_report(f"{arguments.lake}runs/{manifest.pipeline}/{arguments.run_id}/report.json", done)
    steps.log("report", "done", outcome=done.outcome, datasets=done.datasets)
    return done


def _personal(job: Job) -> bool:
    return any(column.pseudonymise for dataset in job.datasets for column in dataset.columns)
