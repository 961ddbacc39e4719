"""The manifest: what a run was given to read, written by plan-run before the job starts."""

import json
from dataclasses import dataclass
from datetime import datetime

from . import objects


@dataclass(frozen=True)
class InputFile:
    key: str
    """The object's key in the lake."""
    url: str
    hash: str
    """`<algorithm>:<hex>` of the content, as it was when the run was planned."""
    size: int
    """Bytes."""
    modified: datetime
    version: str | None = None


@dataclass(frozen=True)
class Manifest:
    run_id: str
    pipeline: str
    attempt: int
    """1 for the first; a run that was cut short is attempted again under its own id."""
    files: tuple[InputFile, ...]


def read_manifest(url: str) -> Manifest:
    """Raises: KeyError or ValueError when the manifest is not one."""
    content = json.loads(objects.read(url))
    return Manifest(
        run_id=content["run_id"],
        pipeline=content["pipeline"],
        attempt=content["attempt"],
        files=tuple(
            InputFile(
                key=file["key"],
                url=file["url"],
                hash=file["hash"],
                size=file["size"],
                modified=datetime.fromisoformat(file["modified"].replace("Z", "+00:00")),
                version=file.get("version"),
            )
            for file in content["files"]
        ),
    )
