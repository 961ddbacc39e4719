"""Runs a generated job on golden cases with real Spark, each on an empty lake, and answers with what came of it.

A case is one run on the files in input/, or several, one after the other, on those in input/1/, input/2/, …
Whatever the case, a row in quarantine has to show the text that stands in its file at its line.

argv     job script, folder of the cases, scratch folder; the answer goes to scratch/outcomes.json
answer   {case: {"counts": {...}, "tables": {dataset: csv}, "quarantine": csv}}; of several runs, counts are
         {"1": {...}, "2": {...}}, with what became of the accepted rows
"""

import csv
import gzip
import hashlib
import io
import json
import runpy
import sys
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from penstock_runtime.contract import Dataset, Job, Profile
from penstock_runtime.formats import format_of
from penstock_runtime.run import run
from pyspark.sql import SparkSession
from small_spark import small_spark

COUNTED = ["read", "accepted", "quarantined", "duplicates"]
STAGED = ["inserted", "updated", "unchanged", "superseded", "rows"]


def main() -> None:
    script, cases, scratch = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    job = job_of(script)
    spark = small_spark(scratch / "warehouse", memory_mb=2048).getOrCreate()
    found = {}
    for folder in sorted(path for path in cases.iterdir() if (path / "input").is_dir()):
        found[folder.name] = one_case(spark, job, folder, scratch / "lakes" / folder.name)
    (scratch / "outcomes.json").write_text(json.dumps(found))
    spark.stop()


def job_of(script: str) -> Job:
    """What the script would run, were it started as one."""
    parts = list(runpy.run_path(script).values())
    return Job(
        pipeline=Path(script).stem.replace("_", "-"),
        datasets=[part for part in parts if isinstance(part, Dataset)],
        profiles=[part for part in parts if isinstance(part, Profile)],
    )


def one_case(spark: SparkSession, job: Job, folder: Path, lake: Path) -> dict[str, Any]:
    database = "golden_" + folder.name.replace("-", "_")
    runs = sorted(
        (path for path in (folder / "input").iterdir() if path.is_dir()), key=lambda path: int(path.name)
    )
    if runs:
        counts = {
            path.name: one_run(job, folder.name, path, lake, database, int(path.name), [*COUNTED, *STAGED])
            for path in runs
        }
    else:
        counts = one_run(job, folder.name, folder / "input", lake, database, 1, COUNTED)
    return {
        "counts": counts,
        "tables": {dataset.name: table_csv(spark, dataset, lake, database) for dataset in job.datasets},
        "quarantine": quarantine_csv(spark, job, database, runs or [folder / "input"]),
    }


def one_run(
    job: Job, case: str, input: Path, lake: Path, database: str, number: int, counted: list[str]
) -> dict[str, Any]:
    """Its counts by dataset, and what became of each file: accepted, or rejected and why."""
    run_id = f"202601{number:02}T000000Z-" + hashlib.sha256(case.encode()).hexdigest()[:6]
    manifest = write_manifest(job, input, lake, run_id, number)
    argv = ["--JOB_NAME", "golden", "--run_id", run_id, "--manifest", manifest.as_uri()]
    argv += ["--lake", lake.as_uri() + "/", "--catalog", "glue_catalog", "--database", database]
    run(job, [*argv, "--pseudonym_secret", "golden"], key=lambda _: b"golden")
    report = json.loads((manifest.parent / "report.json").read_text())
    counts: dict[str, Any] = {
        name: {count: each[count] for count in counted} for name, each in report["datasets"].items()
    }
    counts["files"] = {
        Path(file["key"]).name: f"{file['status']}: {file['reason']}" if file["reason"] else file["status"]
        for file in report["files"]
    }
    return counts


def write_manifest(job: Job, input: Path, lake: Path, run_id: str, number: int) -> Path:
    files = []
    for path in sorted(input.iterdir()):
        files.append(
            {
                "key": f"raw/golden/{path.name}",
                "url": path.as_uri(),
                "hash": hash_of(path),
                "version": None,
                "size": path.stat().st_size,
                # A later run's files are younger.
                "modified": f"2026-01-{number:02}T00:00:00.000Z",
            }
        )
    manifest = lake / "runs" / job.pipeline / run_id / "manifest.json"
    manifest.parent.mkdir(parents=True, exist_ok=True)
    manifest.write_text(
        json.dumps({"run_id": run_id, "pipeline": job.pipeline, "attempt": 1, "files": files})
    )
    return manifest


def table_csv(spark: SparkSession, dataset: Dataset, lake: Path, database: str) -> str:
    """The table's rows by key. A pseudonym depends on the key of pseudonyms, so it is left out."""
    columns = [column.name for column in dataset.columns if not column.pseudonymise]
    key = dataset.primary_key
    name = format_of(dataset).name("glue_catalog", database, f"{lake}/warehouse/", dataset.name)
    rows = spark.table(name).orderBy(*key).select(*columns).collect()
    return as_csv(columns, [[text(value) for value in row] for row in rows])


def quarantine_csv(spark: SparkSession, job: Job, database: str, inputs: list[Path]) -> str:
    rows = []
    for dataset in job.datasets:
        for row in spark.table(f"glue_catalog.{database}.{dataset.name}_quarantine").collect():
            name = Path(row.file).name
            path = next(folder / name for folder in inputs if row.hash == hash_of(folder / name))
            if not shows(row.raw, path, row.line):
                raise AssertionError(f"{path}, line {row.line}: quarantine shows another text")
            rows.append([name, str(row.line), "; ".join(row.reasons)])
    return as_csv(["file", "line", "reasons"], sorted(rows, key=lambda row: (row[0], int(row[1]))))


def shows(raw: str, path: Path, number: int) -> bool:
    """Whether that is the text at the line, as a reader sees it, who puts U+FFFD for what is no UTF-8.

    Records of a JSON list may begin on one line, and are then counted on.
    """
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    lines = [line.decode(errors="replace") for line in data.splitlines()]
    if ".json" not in path.name or not data.lstrip().startswith(b"["):
        return raw == lines[number - 1]
    begins = raw.splitlines()[0]
    return any(begins in line for line in (lines[number - 1 : number] if number <= len(lines) > 1 else lines))


def hash_of(path: Path) -> str:
    return "sha256:" + hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else ""


def as_csv(header: list[str], rows: list[list[str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()


def text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    return str(value)


main()
