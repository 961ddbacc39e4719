"""Large and hostile files through a generated job, each in a process of its own with a small JVM.

argv     job script, scratch folder, memory of the JVM, such as 1g, and the cases; all when there is none
prints   for each case a line {"file": …, "figure": …}: what became of it, seconds, and the most memory that
         the JVM and the driver held
"""

import gzip
import hashlib
import json
import os
import runpy
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

MIB = 1 << 20


def main() -> None:
    script, scratch, memory, *names = sys.argv[1:]
    for name in names or CASES:
        done = subprocess.run(
            [sys.executable, __file__, script, scratch, memory, "--in-process", name], stdout=subprocess.PIPE
        )
        *_, last = [b"", *done.stdout.splitlines()]
        figure = last.decode() if done.returncode == 0 else "**the job ended**"
        print(json.dumps({"file": name, "figure": figure}), flush=True)


def row(number: int, site: str = "Leeds") -> bytes:
    day, hour = number % 28 + 1, number % 23
    return (
        f"s-{number},brightway,leeds,{site},c-{number % 97},Rapid 150 Twin,{number % 2 + 1},CCS,"
        f"2026-03-{day:02}T{hour:02}:00:00Z,2026-03-{day:02}T{hour + 1:02}:00:00Z,Europe/London,"
        f"{number % 60 + 1},driver-{number % 999}\n"
    ).encode()


HEADER = (
    b"session_id,operator,site_id,site_name,charger_id,charger_model,connector_id,connector_type,started_at,ended_at,"
    b"time_zone,energy_kwh,user_id\n"
)


def rows(size: int, site: str = "Leeds") -> Iterator[bytes]:
    yield HEADER
    number = written = 0
    while written < size:
        text = b"".join(row(at, site) for at in range(number, number + 5000))
        number, written = number + 5000, written + len(text)
        yield text


def long_line(size: int) -> Iterator[bytes]:
    yield HEADER + b"".join(row(at) for at in range(9)) + b"long,"
    for _ in range(size // MIB):
        yield b"x" * MIB
    yield b"\n" + row(9)


def wide() -> Iterator[bytes]:
    yield HEADER + b"".join(row(at) for at in range(9)) + b"," * 4999 + b"\n" + b"," * 999_999 + b"\n"


def wide_header() -> Iterator[bytes]:
    yield HEADER.strip() + b"".join(b",column_%d" % at for at in range(4987)) + b"\n" + row(1)


CASES: dict[str, tuple[str, Callable[[], Iterator[bytes]]]] = {
    "200 MB": ("plain.csv", lambda: rows(200_000_000)),
    "200 MB, zipped": ("zipped.csv.gz", lambda: rows(200_000_000)),
    "200 MB, records span lines": ("multiline.csv", lambda: rows(200_000_000, '"Leeds\nMarket ""Street"""')),
    "a line of 50 MB": ("line-50.csv", lambda: long_line(50 * MIB)),
    "a line of 900 MiB, zipped": ("line-900.csv.gz", lambda: long_line(900 * MIB)),
    "rows of 5,000 and 1,000,000 fields": ("wide.csv", wide),
    "a header of 5,000 columns": ("wide-header.csv", wide_header),
    "a gzip bomb of 4 GiB": ("bomb.csv.gz", lambda: long_line(4096 * MIB)),
}


def put(path: Path, content: Iterator[bytes]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wb", 6) if path.suffix == ".gz" else path.open("wb") as out:
        for text in content:
            out.write(text)


def in_process(script: str, scratch: Path, memory: str, name: str) -> None:
    from penstock_runtime.contract import Dataset, Job, Profile
    from penstock_runtime.run import run
    from pyspark.sql import SparkSession

    file, content = CASES[name]
    path = scratch / "raw" / file
    put(path, content())
    parts = list(runpy.run_path(script).values())
    profiles = [part for part in parts if isinstance(part, Profile)]
    if file == "multiline.csv":
        profiles = [replace(profile, multiline=True) for profile in profiles]
    job = Job("large", [part for part in parts if isinstance(part, Dataset)], profiles)
    lake = scratch / "lake" / file
    manifest = lake / "manifest.json"
    lake.mkdir(parents=True, exist_ok=True)
    manifest.write_text(json.dumps(manifest_of(path)))
    with SparkSession.builder.master("local[2]").config(map=options(scratch, memory)).getOrCreate() as spark:
        spark.sparkContext.setLogLevel("ERROR")
        argv = [
            "--run_id",
            "20260101T000000Z-abcdef",
            "--manifest",
            manifest.as_uri(),
            "--lake",
            lake.as_uri(),
        ]
        began = time.monotonic()
        report = run(job, [*argv, "--database", "large", "--pseudonym_secret", "x"], key=lambda _: b"soak")
        seconds = time.monotonic() - began
        java = int(subprocess.check_output(["pgrep", "-P", str(os.getpid()), "java"]))
        counts = report.datasets["charging_sessions"]
        became = (
            report.files[0]["reason"] or f"{counts['accepted']:,} rows, {counts['quarantined']} set aside"
        )
        reasons = ", ".join(report.reasons["charging_sessions"])
        became += f" ({reasons})" if reasons else ""
        print(
            f"\n{became}; {seconds:.0f} s; JVM {peak(java)} MiB, driver {peak(os.getpid())} MiB", flush=True
        )
    path.unlink()


def manifest_of(path: Path) -> dict[str, Any]:
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    file = {"key": f"raw/{path.name}", "url": path.as_uri(), "hash": f"sha256:{digest}", "version": None}
    file |= {"size": path.stat().st_size, "modified": "2026-01-01T00:00:00.000Z"}
    return {"run_id": "20260101T000000Z-abcdef", "pipeline": "large", "attempt": 1, "files": [file]}


def options(scratch: Path, memory: str) -> dict[str, str]:
    iceberg = "org.apache.iceberg.spark"
    return {
        "spark.driver.memory": memory,
        "spark.driver.extraClassPath": os.pathsep.join(
            map(str, Path(os.environ["PENSTOCK_JARS"]).glob("*.jar"))
        ),
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=240m -XX:+UseSerialGC",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.local.dir": str(scratch / "spark"),
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.extensions": f"{iceberg}.extensions.IcebergSparkSessionExtensions",
        "spark.sql.catalog.glue_catalog": f"{iceberg}.SparkCatalog",
        "spark.sql.catalog.glue_catalog.type": "hadoop",
        "spark.sql.catalog.glue_catalog.warehouse": str(scratch / "warehouse" / str(os.getpid())),
    }


def peak(process: int) -> int:
    """MiB of memory that the process has held at most."""
    status = Path(f"/proc/{process}/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) // 1024


if __name__ == "__main__":
    if "--in-process" in sys.argv:
        in_process(sys.argv[1], Path(sys.argv[2]), sys.argv[3], sys.argv[5])
    else:
        main()
