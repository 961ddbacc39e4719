"""JSON files as rows of text: which profile they are of, and their records as what its SELECT reads.

Spark can't be given them as they are: it makes floats of numbers, knows nothing of lines, and takes a list
only whole. So they are written anew here, on the driver and in bounded memory, as lines of JSON whose values
are all text; all files of a profile make one copy.
"""

import json
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import chain, islice
from typing import IO, BinaryIO
from uuid import uuid4

from pyspark.sql import DataFrame, SparkSession

from . import objects
from .arrival import GONE, Arrived, text_of
from .contract import Profile
from .header import listed, misplaced
from .json_list import UnreadableJsonError
from .json_records import Record, record, records_in
from .json_values import NOT_JSON
from .raw import Lines, quoted
from .survey import Group, literal_path

_TRIED = 100
"""Records that may come before the first one with a field that is known."""

_IN_MEMORY = 8 << 20
"""Bytes of one file's records that are held in memory; more lie on disk until it is found to be whole."""

_AT_ONCE = 4
"""Files that are read at a time."""


@dataclass(frozen=True)
class JsonFile:
    """What became of a file."""

    profile: Profile | None = None
    """None when it has no records, or none that is known."""
    rows: int = 0
    reason: str | None = None
    """Why it is rejected."""


@dataclass(frozen=True)
class Place:
    """Where a record is from."""

    file: str
    hash: str
    modified: int
    """Microseconds since 1970."""


def lines_of_json(
    spark: SparkSession, files: Sequence[Arrived], profiles: Sequence[Profile], copies: str
) -> tuple[list[Lines], list[JsonFile]]:
    """`profiles` are those of JSON and others; `copies` is the URL of a folder, which is needed as long as
    the lines are."""
    outcomes: list[JsonFile] = []
    rows: dict[str, dict[str, int]] = {}
    with ExitStack() as end, ThreadPoolExecutor(max_workers=_AT_ONCE) as pool:
        written: dict[str, BinaryIO] = {}
        for batch in _batches(files):
            for arrived, (outcome, copy) in zip(
                batch, pool.map(lambda each: _read(each, profiles), batch), strict=True
            ):
                outcomes.append(outcome)
                with copy:
                    if outcome.profile is None or outcome.reason is not None:
                        continue
                    name = outcome.profile.name
                    if name not in written:
                        written[name] = end.enter_context(objects.writing(_copy(copies, name)))
                    copy.seek(0)
                    shutil.copyfileobj(copy, written[name])
                    rows.setdefault(name, {})[arrived.file.key] = outcome.rows
    by_name = {profile.name: profile for profile in profiles}
    return [_lines(spark, by_name[name], _copy(copies, name), of) for name, of in rows.items()], outcomes


def quarantined_json(again: DataFrame, profile: Profile, copies: str, rows: dict[str, int]) -> Lines:
    """The lines of records that were set aside: `file`, `hash`, `modified`, `line` and `raw`."""
    copy = _copy(copies, f"again-{uuid4().hex}")
    with objects.writing(copy) as out:
        rows_again = again.selectExpr("file", "hash", "unix_micros(modified)", "line", "raw")
        for file, hash, modified, line, raw in rows_again.toLocalIterator():
            out.write(_written(record(raw, line), profile, Place(file, hash, modified)))
    return _lines(again.sparkSession, profile, copy, rows)


def _copy(copies: str, name: str) -> str:
    return f"{copies}json-{name}.json"


def _batches(files: Sequence[Arrived]) -> Iterator[list[Arrived]]:
    left = iter(files)
    while batch := list(islice(left, _AT_ONCE)):
        yield batch


def _read(arrived: Arrived, profiles: Sequence[Profile]) -> tuple[JsonFile, IO[bytes]]:
    """Its records go to a temporary file, since one that is broken at its end is rejected whole."""
    copy = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - closed by who reads it
    try:
        return _written_file(
            arrived, [each for each in profiles if each.format == "json"], profiles, copy
        ), copy
    except objects.ObjectGoneError:
        return JsonFile(reason=GONE), copy
    except UnreadableJsonError as error:
        return JsonFile(reason=str(error)), copy


def _written_file(
    arrived: Arrived, profiles: Sequence[Profile], everything: Sequence[Profile], copy: IO[bytes]
) -> JsonFile:
    file = arrived.file
    records = records_in(text_of(file))
    first: list[Record] = []
    profile = None
    for each in islice(records, _TRIED):
        first.append(each)
        profile = _profile_of(each, file.path, profiles)
        if profile is not None:
            break
    if profile is None:
        return JsonFile(reason=_unknown(first, file.path, profiles)) if first else JsonFile()
    elsewhere = misplaced(file.path, profile, everything, "its fields are those")
    if elsewhere is not None:
        return JsonFile(profile, reason=elsewhere)
    place, rows = Place(file.key, file.hash, round(file.modified.timestamp() * 1e6)), 0
    for each in chain(first, records):
        copy.write(_written(each, profile, place))
        rows += 1
    return JsonFile(profile, rows)


def _profile_of(record: Record, path: str, profiles: Sequence[Profile]) -> Profile | None:
    """The one with most of the record's fields; of several the one whose folder it lies in."""

    def fits(profile: Profile) -> tuple[int, bool]:
        known = len(record.fields.keys() & set(profile.header))
        return known, profile.folder is not None and path.startswith(profile.folder)

    nearest = max(profiles, key=fits)
    return nearest if fits(nearest)[0] else None


def _unknown(first: Iterable[Record], path: str, profiles: Sequence[Profile]) -> str:
    likely = min(
        profiles, key=lambda each: 1 if each.folder is None else 2 * (not path.startswith(each.folder))
    )
    problems = [each.problem for each in first]
    example = (
        f"a file is a list of objects or has one a line, such as {likely.name} with {listed(likely.header)}"
    )
    if all(problem == "not a JSON object" for problem in problems):
        return f"its records are no objects; {example}"
    if all(problems):
        return f"{NOT_JSON}: no object in its first lines; {example}"
    return f"no field of its first records is known; {example}"


def _written(record: Record, profile: Profile, place: Place) -> bytes:
    """A line of the copy."""
    twice = next((name for name in profile.header if name in record.twice), None)
    row: dict[str, str | int | None] = {
        f"c{index}": record.fields[name]
        for index, name in enumerate(profile.header)
        if name in record.fields and record.problem is None
    }
    row["_file"], row["_hash"] = place.file, place.hash
    row["_modified"] = place.modified
    row["_line"], row["_raw"] = record.line, record.raw
    row["_broken"] = record.problem or (None if twice is None else f"{twice}: given twice")
    return json.dumps(row).encode() + b"\n"


def _lines(spark: SparkSession, profile: Profile, copy: str, rows: dict[str, int]) -> Lines:
    names = [f"c{index} string" for index in range(len(profile.header))]
    lineage = "_file string, _hash string, _modified bigint, _line bigint, _raw string, _broken string"
    parsed = (
        spark.read.schema(", ".join([*names, lineage]))
        .json(literal_path(objects.spark_path(copy)))
        .selectExpr(
            *[f"c{index} AS {quoted(name)}" for index, name in enumerate(profile.header)],
            "_file",
            "_hash",
            "_line",
            "_raw",
            "timestamp_micros(_modified) AS _modified",
            "_broken",
        )
    )
    return Lines(Group(profile, tuple(profile.header), ()), parsed, rows)
