"""Runs a generated job on golden cases with real Spark, each on an empty lake, and answers with what came of it.

argv     job script, folder of the cases, scratch folder; the answer goes to scratch/outcomes.json
answer   {case: {"counts": {...}, "tables": {dataset: csv}, "quarantine": csv}}
"""

import csv
import hashlib
import io
import json
import os
import runpy
import sys
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from penstock_runtime.contract import Dataset, Job, Profile
from penstock_runtime.run import run
from pyspark.sql import SparkSession

EXTENSIONS = "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions"
COUNTED = ["read", "accepted", "quarantined", "duplicates"]


def main() -> None:
    script, cases, scratch = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    job = job_of(script)
    spark = session(scratch)
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


def session(scratch: Path) -> SparkSession:
    os.environ["PYSPARK_PYTHON"] = sys.executable
    jars = sorted(str(path) for path in Path(os.environ["PENSTOCK_JARS"]).glob("*.jar"))
    return (
        SparkSession.builder.master("local[2]")
        .config("spark.driver.extraClassPath", os.pathsep.join(jars))
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.extraJavaOptions", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "1")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.extensions", EXTENSIONS)
        .config("spark.sql.catalog.glue_catalog", "org.apache.iceberg.spark.SparkCatalog")
        .config("spark.sql.catalog.glue_catalog.type", "hadoop")
        .config("spark.sql.catalog.glue_catalog.cache-enabled", "false")
        .config("spark.sql.catalog.glue_catalog.warehouse", str(scratch / "warehouse"))
        .getOrCreate()
    )


def one_case(spark: SparkSession, job: Job, folder: Path, lake: Path) -> dict[str, Any]:
    database = "golden_" + folder.name.replace("-", "_")
    run_id = "20260101T000000Z-" + hashlib.sha256(folder.name.encode()).hexdigest()[:6]
    manifest = write_manifest(job, folder, lake, run_id)
    argv = ["--JOB_NAME", "golden", "--run_id", run_id, "--manifest", manifest.as_uri()]
    argv += ["--lake", lake.as_uri() + "/", "--catalog", "glue_catalog", "--database", database]
    run(job, [*argv, "--pseudonym_secret", "golden"], key=lambda _: b"golden")
    report = json.loads((manifest.parent / "report.json").read_text())
    counts: dict[str, Any] = {
        name: {count: each[count] for count in COUNTED} for name, each in report["datasets"].items()
    }
    counts["files"] = {Path(file["key"]).name: file["status"] for file in report["files"]}
    return {
        "counts": counts,
        "tables": {dataset.name: table_csv(spark, dataset, database) for dataset in job.datasets},
        "quarantine": quarantine_csv(spark, job, database),
    }


def write_manifest(job: Job, folder: Path, lake: Path, run_id: str) -> Path:
    files = []
    for path in sorted((folder / "input").iterdir()):
        files.append(
            {
                "key": f"raw/golden/{path.name}",
                "url": path.as_uri(),
                "hash": "sha256:" + hashlib.sha256(path.read_bytes()).hexdigest(),
                "version": None,
                "size": path.stat().st_size,
                "modified": "2026-01-01T00:00:00.000Z",
            }
        )
    manifest = lake / "runs" / job.pipeline / run_id / "manifest.json"
    manifest.parent.mkdir(parents=True, exist_ok=True)
    manifest.write_text(
        json.dumps({"run_id": run_id, "pipeline": job.pipeline, "attempt": 1, "files": files})
    )
    return manifest


def table_csv(spark: SparkSession, dataset: Dataset, database: str) -> str:
    """The table's rows by key. A pseudonym depends on the key of pseudonyms, so it is left out."""
    columns = [column.name for column in dataset.columns if not column.pseudonymise]
    key = dataset.primary_key
    table = spark.table(f"glue_catalog.{database}.{dataset.name}").orderBy(*key).select(*columns)
    return as_csv(columns, [[text(value) for value in row] for row in table.collect()])


def quarantine_csv(spark: SparkSession, job: Job, database: str) -> str:
    rows = []
    for dataset in job.datasets:
        table = spark.table(f"glue_catalog.{database}.{dataset.name}_quarantine")
        rows += [[Path(row.file).name, str(row.line), "; ".join(row.reasons)] for row in table.collect()]
    return as_csv(["file", "line", "reasons"], sorted(rows, key=lambda row: (row[0], int(row[1]))))


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
