"""Intake: the files of a run by what they are of, as numbered lines; and what became of each file."""

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace

from pyspark.sql import SparkSession

from . import objects
from .arrival import GONE, Arrived, Rejected, arrivals
from .contract import Profile
from .header import UnknownHeaderError, in_file_order, misplaced, profile_of
from .json_files import lines_of_json
from .manifest import InputFile
from .plain import UnreadableError, write_plain
from .raw import Lines, parse
from .steps import Steps
from .survey import Group, Split, survey
from .unchanged import unchanged


@dataclass(frozen=True)
class FileOutcome:
    key: str
    status: str
    """`accepted` or `rejected`."""
    profile: str | None = None
    rows: int = 0
    """Lines that are neither blank nor the header."""
    reason: str | None = None


def lines_of_files(
    spark: SparkSession,
    files: Sequence[InputFile],
    profiles: Sequence[Profile],
    copies: str,
    steps: Steps,
    end: ExitStack,
) -> tuple[list[Lines], list[FileOutcome]]:
    """`copies` is the URL of a folder for plain copies, which are needed as long as the lines are.

    `end` is when the lines have been read for the last time; it raises a FileChangedError when a file is not
    what it was.
    """
    with steps.step("inspect", files=len(files)) as found:
        arrived = arrivals(files, json=any(profile.format == "json" for profile in profiles))
        of_json, json_outcomes = _of_json(spark, arrived, profiles, copies)
        groups, outcomes = _grouped(arrived, profiles, copies, json_outcomes)
        read = [
            each
            for each, outcome in zip(arrived, outcomes, strict=True)
            if isinstance(each, Arrived) and outcome.status == "accepted"
        ]
        end.enter_context(unchanged(read))
        found.update(
            groups=len(groups) + len(of_json), rejected=sum(each.status == "rejected" for each in outcomes)
        )
    with steps.step("survey") as found:
        lines = [*_surveyed(spark, groups), *of_json]
        outcomes = [_with_rows(each, lines) for each in outcomes]
        found.update(rows=sum(each.rows for each in outcomes))
    return lines, outcomes


def _of_json(
    spark: SparkSession, files: Sequence[Arrived | Rejected], profiles: Sequence[Profile], copies: str
) -> tuple[list[Lines], dict[str, FileOutcome]]:
    """The lines of those that are JSON, and what became of each, by its key."""
    found = [each for each in files if isinstance(each, Arrived) and each.json]
    lines, outcomes = lines_of_json(spark, found, profiles, copies)
    return lines, {
        each.file.key: FileOutcome(
            each.file.key,
            "accepted" if outcome.reason is None else "rejected",
            None if outcome.profile is None else outcome.profile.name,
            reason=outcome.reason,
        )
        for each, outcome in zip(found, outcomes, strict=True)
    }


def _grouped(
    files: Sequence[Arrived | Rejected],
    profiles: Sequence[Profile],
    copies: str,
    known: Mapping[str, FileOutcome],
) -> tuple[list[Group], list[FileOutcome]]:
    """`known` is what became of files by their key, of those that are in no group."""
    members: dict[tuple[str, tuple[str, ...]], list[Arrived]] = {}
    outcomes = []
    for index, each in enumerate(files):
        if each.file.key in known:
            outcomes.append(known[each.file.key])
            continue
        arrived, profile, outcome = matched(each, profiles, f"{copies}{index}.txt")
        outcomes.append(outcome)
        if arrived is not None and profile is not None:
            members.setdefault((profile.name, in_file_order(arrived.header, profile)), []).append(arrived)
    by_name = {profile.name: profile for profile in profiles}
    return [Group(by_name[name], columns, tuple(of)) for (name, columns), of in members.items()], outcomes


def matched(
    each: Arrived | Rejected, profiles: Sequence[Profile], copy: str
) -> tuple[Arrived | None, Profile | None, FileOutcome]:
    """The file as Spark is to read it, which may be a copy that is written here."""
    if isinstance(each, Rejected):
        return None, None, FileOutcome(each.file.key, "rejected", reason=each.reason)
    if not each.header:
        return None, None, FileOutcome(each.file.key, "accepted")
    try:
        profile = profile_of(each.header, [each for each in profiles if each.format == "csv"])
        elsewhere = misplaced(each.file.path, profile, profiles)
        if elsewhere is not None:
            return None, None, FileOutcome(each.file.key, "rejected", profile.name, reason=elsewhere)
        if profile.multiline or not each.plain:
            write_plain(each, profile, copy)
            each = replace(each, copy=copy)
    except objects.ObjectGoneError:
        return None, None, FileOutcome(each.file.key, "rejected", reason=GONE)
    except (UnknownHeaderError, UnreadableError) as error:
        return None, None, FileOutcome(each.file.key, "rejected", reason=str(error))
    return each, profile, FileOutcome(each.file.key, "accepted", profile=profile.name)


def _surveyed(spark: SparkSession, groups: Sequence[Group]) -> list[Lines]:
    splits: dict[int, list[Split]] = {index: [] for index in range(len(groups))}
    for split in survey(spark, groups):
        splits[split.group].append(split)
    return [parse(spark, group, splits[index]) for index, group in enumerate(groups)]


def _with_rows(outcome: FileOutcome, lines: Sequence[Lines]) -> FileOutcome:
    if outcome.status == "rejected" or outcome.profile is None:
        return outcome
    rows = next((each.rows[outcome.key] for each in lines if outcome.key in each.rows), None)
    if rows is None:
        # Hadoop passes over some names without a word; arrival.py knows them, but may not know all.
        reason = "Spark passed over it; send it again under another name"
        return FileOutcome(outcome.key, "rejected", reason=reason)
    return FileOutcome(outcome.key, outcome.status, outcome.profile, rows)
