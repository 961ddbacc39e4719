"""The job's arguments, as Glue passes them: `--KEY value` in argv, among others that are not ours."""

import argparse
import re
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Arguments:
    run_id: str
    manifest: str
    """URL of the run's manifest."""
    lake: str
    """Root URL of the lake, ending with a slash."""
    catalog: str
    database: str
    pseudonym_secret: str
    """Name of the secret that holds the key of the pseudonyms."""
    command: str
    """What starts a run of the pipeline, as one types it."""


class StartedByHandError(Exception):
    """The job was started by hand, and nobody has claimed a run for it: nothing was read or published."""

    def __init__(self, why: str, command: str) -> None:
        super().__init__(f"this job was started by hand: {why}; type: {command}")


_GIVEN = ("run_id", "manifest", "lake", "database")
"""What the state machine gives each job that it starts."""


def parse(argv: Sequence[str], pipeline: str) -> Arguments:
    """Raises: StartedByHandError when what only a claimed run has is missing."""
    parser = argparse.ArgumentParser(allow_abbrev=False)
    parser.add_argument("--JOB_NAME", default="")
    for name in _GIVEN:
        parser.add_argument(f"--{name}", default="")
    parser.add_argument("--catalog", default="glue_catalog")
    parser.add_argument("--pseudonym_secret", default="")
    known, _ = parser.parse_known_args(argv)
    command = _run_command(pipeline, known.JOB_NAME)
    missing = [f"--{name}" for name in _GIVEN if not getattr(known, name)]
    if missing:
        raise StartedByHandError(f"without {', '.join(missing)} there is no run to work on", command)
    return Arguments(
        run_id=known.run_id,
        manifest=known.manifest,
        lake=known.lake if known.lake.endswith("/") else known.lake + "/",
        catalog=known.catalog,
        database=known.database,
        pseudonym_secret=known.pseudonym_secret,
        command=command,
    )


def _run_command(pipeline: str, job_name: str) -> str:
    """In the environment that the job's name has: `penstock-<environment>-<pipeline>`."""
    found = re.fullmatch(f"penstock-(.+)-{re.escape(pipeline)}", job_name)
    environment = found[1] if found else "<name>"
    return f"pnpm penstock run {pipeline}" + ("" if environment == "local" else f" --env {environment}")
