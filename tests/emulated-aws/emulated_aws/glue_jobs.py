"""Glue's job runs: they succeed at once, unless they are to be run, on this machine's Spark."""

from __future__ import annotations

import json
import os
import subprocess
import threading
from pathlib import Path
from typing import Any

from moto.glue.models import FakeJob, FakeJobRun

from .mending import replaces

_PROGRAM = Path(__file__).parent.parent / "run-job.ts"

# Whether a job that is started runs.
settings = {"run": False}


@replaces(FakeJob, "start_job_run")
def start_job_run(moto: Any, self: Any, *args: Any, **given: Any) -> str:
    run_id: str = moto(self, *args, **given)
    if settings["run"]:
        run = next(each for each in self.job_runs if each.job_run_id == run_id)
        run.process = _started(run)
        threading.Thread(target=_tell, args=(run,), daemon=True).start()
    return run_id


@replaces(FakeJobRun, "status")
def status(moto: Any, self: Any) -> str:
    process = self.__dict__.get("process")
    if process is None:
        return str(moto(self))
    return {None: "RUNNING", 0: "SUCCEEDED"}.get(process.poll(), "FAILED")


def _started(run: Any) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [os.environ.get("PENSTOCK_NODE") or "node", "--disable-warning=ExperimentalWarning", str(_PROGRAM)],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "AWS_ENDPOINT_URL": f"http://127.0.0.1:{os.environ['MOTO_PORT']}"},
    )
    assert process.stdin is not None
    process.stdin.write(json.dumps({"job": run.job_name, "arguments": run.arguments}))
    process.stdin.close()
    return process


def _tell(run: Any) -> None:
    """What a failed job said; of one that went well its report tells."""
    said = run.process.stderr.read()
    if run.process.wait() != 0:
        print(f"the job {run.job_name} failed: {said}", flush=True)
