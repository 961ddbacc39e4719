"""Glue's job runs: they succeed at once, unless they are to be run, on this machine's Spark."""

from __future__ import annotations

import threading
from typing import Any

from moto.glue.models import FakeJob, FakeJobRun

from .mending import replaces
from .running import is_on, started


@replaces(FakeJob, "start_job_run")
def start_job_run(moto: Any, self: Any, *args: Any, **given: Any) -> str:
    run_id: str = moto(self, *args, **given)
    if is_on():
        run = next(each for each in self.job_runs if each.job_run_id == run_id)
        job = {"job": run.job_name, "arguments": run.arguments}
        run.process = started("run-job.ts", job, region=self.backend.region_name)
        threading.Thread(target=_tell, args=(run,), daemon=True).start()
    return run_id


@replaces(FakeJobRun, "status")
def status(moto: Any, self: Any) -> str:
    process = self.__dict__.get("process")
    if process is None:
        return str(moto(self))
    return {None: "RUNNING", 0: "SUCCEEDED"}.get(process.poll(), "FAILED")


def _tell(run: Any) -> None:
    """What a failed job said; of one that went well its report tells."""
    _, said = run.process.communicate()
    if run.process.returncode != 0:
        print(f"the job {run.job_name} failed: {said}", flush=True)
