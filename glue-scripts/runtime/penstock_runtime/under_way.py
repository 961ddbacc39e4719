"""Whether a run is under way: a job that somebody starts by hand for one that is over stops.

A job does not read the ledger. For a run that is under way, a job started by hand does what the run's own job
does, and Glue lets one job run of a pipeline be at a time. That a run is over, plan-run says beside
its manifest.
"""

import json

from . import objects
from .arguments import Arguments, StartedByHandError
from .manifest import Manifest


def assert_under_way(arguments: Arguments, manifest: Manifest) -> None:
    """Raises: StartedByHandError when the run is another than the manifest's, or is over."""
    run_id = arguments.run_id
    if manifest.run_id != run_id:
        why = f"--manifest is that of run {manifest.run_id}, --run_id says {run_id}"
        raise StartedByHandError(why, arguments.command)
    ended = objects.read_if_there(f"{arguments.lake}runs/{manifest.pipeline}/{run_id}/ended.json")
    if ended is not None and json.loads(ended)["attempt"] >= manifest.attempt:
        raise StartedByHandError(f"run {run_id} is over", arguments.command)
