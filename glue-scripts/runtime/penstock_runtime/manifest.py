"""The manifest: what a run was given to read, written by plan-run before the job starts."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
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
    """Of what lies at `url`, where the bucket has versions."""
    put_away: bool = False
    """Whether it lies elsewhere than under its key by now; in S3 the ETag of a copy may be another."""
    path: str = ""
    """Its key below the trigger's prefix: `orders/x.csv`."""


@dataclass(frozen=True)
class Work:
    """What the run does; the fields that a kind has no use for are None."""

    kind: str = "load"
    """`load`, `redrive`, `rollback`, `maintain` or `migrate`."""
    dataset: str | None = None
    run: str | None = None
    """Redrive: only rows that this run set aside."""
    reason: str | None = None
    """Redrive: only rows with a reason that contains this."""
    file: str | None = None
    """Redrive: only rows of files whose key contains this."""
    to: str | None = None
    """Rollback: the run whose table it shall be again."""
    snapshot_id: str | None = None
    """Rollback: that table's snapshot; None when it was empty."""


@dataclass(frozen=True)
class Manifest:
    run_id: str
    pipeline: str
    attempt: int
    """1 for the first; a run that was cut short is attempted again under its own id."""
    files: tuple[InputFile, ...]
    work: Work = Work()
    undone: Sequence[str] = ()
    """The runs that a rollback undoes."""
    keep: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """By dataset, the snapshots that maintenance leaves for a rollback."""


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
                version=None if _put_away(file) else file.get("version"),
                put_away=_put_away(file),
                path=file["key"].removeprefix(content.get("prefix", "")),
            )
            for file in content["files"]
        ),
        work=Work(**content.get("work", {})),
        undone=tuple(content.get("undone", [])),
        keep=content.get("keep", {}),
    )


def _put_away(file: Mapping[str, str]) -> bool:
    return file.get("lies_at", file["key"]) != file["key"]
