"""Redrive: lines from quarantine instead of from files; what comes after is the same for both."""

import json
from collections.abc import Sequence

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from .contract import Profile
from .json_files import quarantined_json
from .raw import Lines, parsed_lines
from .survey import Group

_IS_TEXT = "CAST(NULL AS string)"


def quarantined_lines(again: DataFrame, profiles: Sequence[Profile], copies: str) -> list[Lines]:
    """The rows, by the profile and the columns that read them.

    `copies` is the URL of a folder for copies, which are needed as long as the lines are.
    """
    by_name = {profile.name: profile for profile in profiles}
    found = again.groupBy("profile", "columns", "file").count().collect()
    rows: dict[tuple[str, str], dict[str, int]] = {}
    for profile, columns, file, count in found:
        rows.setdefault((profile, json.dumps(columns)), {})[file] = count
    return [
        _lines(again, by_name[profile], json.loads(columns), of, copies)
        for (profile, columns), of in rows.items()
    ]


def _lines(
    again: DataFrame, profile: Profile, columns: list[str], rows: dict[str, int], copies: str
) -> Lines:
    group = Group(profile, tuple(columns), ())
    same = F.array(*[F.lit(name) for name in columns])
    mine = again.where((F.col("profile") == profile.name) & (F.col("columns") == same))
    if profile.format == "json":
        return quarantined_json(mine, profile, copies, rows)
    located = mine.selectExpr(
        "raw AS value", "file AS _file", "hash AS _hash", "modified AS _modified", "line AS _line"
    )
    return Lines(group, parsed_lines(located, group, _IS_TEXT), rows)
