"""A lake in a folder, and runs of a job on it as plan-run would start them."""

import gzip
import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from penstock_runtime.contract import Job
from penstock_runtime.run import run
from pyspark.sql import Row, SparkSession
from small_job import HEADER, SMALL

KEY = b"a key of the tests, never shown"
MODIFIED = "2026-01-01T00:00:00.000Z"


def csv(*lines: str, header: str = HEADER) -> str:
    return "\n".join([header, *lines]) + "\n"


@dataclass
class Lake:
    spark: SparkSession
    folder: Path
    database: str
    job: Job = SMALL
    """What a run is of, unless told otherwise."""
    _runs: list[str] = field(default_factory=list)

    def put(self, name: str, content: str | bytes, modified: str = MODIFIED) -> dict[str, Any]:
        """Writes a raw file, bytes as they are, text zipped when the name says so; for the manifest."""
        data = content.encode() if isinstance(content, str) else content
        if name.endswith(".gz") and isinstance(content, str):
            data = gzip.compress(data)
        path = self.folder / "raw" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return {
            "key": f"raw/{name}",
            "url": path.as_uri(),
            "hash": "sha256:" + hashlib.sha256(data).hexdigest(),
            "version": None,
            "size": len(data),
            "modified": modified,
        }

    def put_rows(self, name: str, profile: str, *lines: str, modified: str = MODIFIED) -> dict[str, Any]:
        """Writes a raw file of a source profile of the lake's job: its header, then the lines."""
        header = next(each.header for each in self.job.profiles if each.name == profile)
        return self.put(name, csv(*lines, header=",".join(header)), modified)

    def next_run_id(self) -> str:
        self._runs.append(f"20260101T{len(self._runs):06}Z-abcdef")
        return self._runs[-1]

    def run(
        self,
        *files: dict[str, Any],
        job: Job | None = None,
        run_id: str | None = None,
        attempt: int = 1,
        at: Callable[[str], None] = lambda step: None,
        **work: Any,
    ) -> dict[str, Any]:
        """The run's report, as written to the lake; its counts always balance.

        `work` goes into the manifest: `work=…`, `undone=…`, `keep=…`, `prefix=…`.
        """
        job = job or self.job
        run_id = run_id or self.next_run_id()
        folder = self.folder / "runs" / job.pipeline / run_id
        folder.mkdir(parents=True, exist_ok=True)
        manifest = folder / "manifest.json"
        content = {"run_id": run_id, "pipeline": job.pipeline, "attempt": attempt, "files": files, **work}
        manifest.write_text(json.dumps(content))
        argv = ["--JOB_NAME", "small", "--run_id", run_id, "--manifest", manifest.as_uri()]
        argv += ["--lake", self.folder.as_uri(), "--database", self.database, "--pseudonym_secret", "name"]
        run(job, argv, key=lambda _: KEY, at=at, now=lambda: datetime(2026, 1, 1, tzinfo=timezone.utc))
        report: dict[str, Any] = json.loads((folder / "report.json").read_text())
        for counts in report["datasets"].values():
            assert_balanced(counts)
        return report

    def table(self, dataset: str = "readings") -> str:
        return f"glue_catalog.{self.database}.{dataset}"

    def delta(self, dataset: str) -> str:
        """The table of a dataset that is kept as Delta."""
        return f"delta.`file:{self.folder}/warehouse/{self.database}/{dataset}`"

    def delta_rows(self, dataset: str, *columns: str, version: str | None = None) -> list[tuple[Any, ...]]:
        """Its rows in order; of an earlier version, when one is named."""
        at = "" if version is None else f" VERSION AS OF {version}"
        found = self.spark.sql(f"SELECT {', '.join(columns)} FROM {self.delta(dataset)}{at}")
        return sorted(tuple(row) for row in found.collect())

    def delta_versions(self, dataset: str) -> int:
        return self.spark.sql(f"DESCRIBE HISTORY {self.delta(dataset)}").count()

    def rows(self, *columns: str, dataset: str = "readings", branch: str = "") -> list[tuple[Any, ...]]:
        """The table's rows in order; of the branch, when one is named."""
        place = self.table(dataset) + (f".branch_{branch}" if branch else "")
        return sorted(tuple(row) for row in self.spark.table(place).select(*columns).collect())

    def quarantined(self, dataset: str = "readings") -> list[Row]:
        table = self.spark.table(self.table(f"{dataset}_quarantine"))
        return sorted(table.collect(), key=lambda row: (row["run_id"], row["file"], row["line"]))

    def refs(self, dataset: str = "readings") -> list[str]:
        return sorted(row["name"] for row in self.spark.table(self.table(dataset) + ".refs").collect())

    def snapshots(self, dataset: str = "readings") -> int:
        return self.spark.table(self.table(dataset) + ".snapshots").count()


def assert_balanced(counts: dict[str, Any]) -> None:
    assert counts["read"] == counts["accepted"] + counts["quarantined"] + counts["duplicates"]
    outcomes: Sequence[str] = ("inserted", "updated", "unchanged", "superseded")
    assert counts["accepted"] == sum(counts[name] for name in outcomes)
