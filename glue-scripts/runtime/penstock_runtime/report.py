"""The report: what plan-run reads when the job has ended."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from pyspark.sql import SparkSession

from . import objects
from .arguments import Arguments
from .conform import Conform
from .contract import Job
from .formats import format_of
from .gate import GateResult
from .history import count_orphans
from .stage import Staged
from .steps import Steps
from .tables import curated


@dataclass(frozen=True)
class Report:
    run_id: str
    outcome: str
    """`published`, which a run without rows is too, or `gate_failed`."""
    datasets: dict[str, dict[str, Any]]
    files: list[dict[str, Any]]
    reasons: dict[str, dict[str, int]]
    gates: list[dict[str, Any]]
    steps: list[dict[str, Any]]


def report(
    conform: Conform,
    staged: dict[str, Staged],
    gates: Sequence[GateResult],
    orphans: dict[str, tuple[int, int]],
    steps: Steps,
) -> Report:
    """`orphans`: by dataset, how many rows wait for their parents, and how many longer than they may."""
    passed = all(result.passed for result in gates)
    return Report(
        run_id=steps.run_id,
        outcome="published" if passed else "gate_failed",
        datasets={
            name: {
                "read": counts.read,
                "accepted": counts.accepted,
                "quarantined": counts.quarantined,
                "duplicates": counts.duplicates,
                "inserted": staged[name].inserted,
                "updated": staged[name].updated,
                "unchanged": staged[name].unchanged,
                "superseded": staged[name].superseded,
                "rows": staged[name].rows if passed else staged[name].rows_before,
                "snapshot_id": staged[name].snapshot_id,
                # Once published, there is no branch any more.
                "branch": None if passed else staged[name].branch,
                **_orphans(orphans[name]),
            }
            for name, counts in conform.datasets.items()
        },
        files=[asdict(file) for file in conform.files],
        reasons={name: counts.reasons for name, counts in conform.datasets.items()},
        gates=[asdict(result) for result in gates],
        steps=[{"name": name, "seconds": seconds} for name, seconds in steps.seconds],
    )


def report_of_tables(spark: SparkSession, arguments: Arguments, job: Job, steps: Steps) -> Report:
    """Of work that reads no rows: the tables as they are now."""
    none = dict.fromkeys(
        ["read", "accepted", "quarantined", "duplicates", "inserted", "updated", "unchanged", "superseded"], 0
    )
    datasets = {}
    for dataset in job.datasets:
        now = format_of(dataset).current(spark, curated(arguments, dataset))
        rows, snapshot_id = (0, None) if now is None else (now.rows, now.id)
        datasets[dataset.name] = {**none, "rows": rows, "snapshot_id": snapshot_id, "branch": None}
        datasets[dataset.name] |= _orphans(count_orphans(spark, arguments, dataset))
    return Report(
        run_id=steps.run_id,
        outcome="published",
        datasets=datasets,
        files=[],
        reasons={},
        gates=[],
        steps=[{"name": name, "seconds": seconds} for name, seconds in steps.seconds],
    )


def _orphans(counted: tuple[int, int]) -> dict[str, int]:
    waiting, overdue = counted
    return {"waiting": waiting, "overdue": overdue} if waiting else {}


def write_report(url: str, content: Report) -> None:
    objects.write(url, json.dumps(asdict(content), indent=1).encode())
