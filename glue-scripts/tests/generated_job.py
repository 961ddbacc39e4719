"""The job that a pipeline's generated script hands to the runtime."""

import runpy
from pathlib import Path
from unittest.mock import patch

from penstock_runtime.contract import Job

_SCRIPTS = Path(__file__).parents[1] / "jobs"


def generated_job(pipeline: Path) -> Job:
    """Starts the script of a pipeline, given by its folder, as Glue would, but for the run itself."""
    script = _SCRIPTS / f"{pipeline.name.replace('-', '_')}.py"
    with patch("penstock_runtime.run.run") as run:
        runpy.run_path(str(script), run_name="__main__")
    [job] = run.call_args.args
    assert isinstance(job, Job)
    return job
