"""Redrive: lines from quarantine instead of from files; what comes after is the same for both."""

import json
from collections.abc import Sequence

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from .contract import Profile
from .raw import Lines, parsed_lines
from .survey import Group

_IS_TEXT = "CAST(NULL AS string)"


def quarantined_lines(again: DataFrame, profiles: Sequence[Profile]) -> list[Lines]:
    """The rows, by the profile and the columns that read them."""
    by_name = {profile.name: profile for profile in profiles}
    found = again.groupBy("profile", "columns", "file").count().collect()
    rows: dict[tuple[str, str], dict[str, int]] = {}
    for profile, columns, file, count in found:
        rows.setdefault((profile, json.dumps(columns)), {})[file] = count
    return [
        _lines(again, by_name[profile], json.loads(columns), of) for (profile, columns), of in rows.items()
    ]


def _lines(again: DataFrame, profile: Profile, columns: list[str], rows: dict[str, int]) -> Lines:
    group = Group(profile, tuple(columns), ())
    same = F.array(*[F.lit(name) for name in columns])
    located = again.where((F.col("profile") == profile.name) & (F.col("columns") == same)).selectExpr(
        "raw AS value", "file AS _file", "hash AS _hash", "modified AS _modified", "line AS _line"
    )
    return Lines(group, parsed_lines(located, group, _IS_TEXT), rows)
