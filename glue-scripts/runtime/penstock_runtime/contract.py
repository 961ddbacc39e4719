"""A job's facts as plain data: the contract of its datasets and the profiles of its sources.

The generated scripts are made of these; nothing here does anything.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Column:
    """A column of a dataset."""

    name: str
    type: str
    """As Spark writes it: `string`, `int`, `bigint`, `double`, `decimal(10,3)`, `date`, `timestamp`, …"""
    description: str = ""
    required: bool = False
    """A row that leaves it empty is quarantined."""
    at_least: str | None = None
    """The smallest value taken, inclusive, as text that casts to `type`."""
    at_most: str | None = None
    """The largest value taken, inclusive, as text that casts to `type`."""
    one_of: Sequence[str] = ()
    """The words taken; any when empty."""
    pseudonymise: bool = False
    """Personal data: replaced by a keyed hash before it is written anywhere but in quarantine."""


@dataclass(frozen=True)
class Rule:
    """What every row must keep: broken when the predicate is FALSE, NULL passes."""

    name: str
    predicate: str
    """Spark SQL over the dataset's columns."""


@dataclass(frozen=True)
class ForeignKey:
    """A column that names a row of another dataset; a row that names none waits in quarantine for it."""

    column: str
    dataset: str
    """The parent's name; the job has it before this dataset."""
    key: str
    """The parent's primary key."""
    report_after: str = "7 days"
    """How long a row may wait before runs report it."""


@dataclass(frozen=True)
class Dataset:
    """The contract of one dataset."""

    name: str
    """The curated table's name."""
    description: str
    columns: Sequence[Column]
    primary_key: Sequence[str]
    table: str
    """The curated table as Spark DDL, with `{table}` for what it is called where it is created."""
    ruleset: str
    """DQDL, evaluated on the accepted rows of a run."""
    newest_by: Sequence[str] = ()
    """Which of two versions of a row wins: the greater in these, then the later file, key and line."""
    rules: Sequence[Rule] = ()
    most_quarantined: float | None = None
    """The largest share of the rows read that may end in quarantine, 0 to 1; None when any may."""
    format: str = "iceberg"
    """What keeps the table: `iceberg` or `delta`."""
    foreign_keys: Sequence[ForeignKey] = ()


@dataclass(frozen=True)
class Profile:
    """One format that files come in: known by its header, read by one SELECT per dataset."""

    name: str
    header: Sequence[str]
    """The names of the columns; a file may have them in any order, case and quotes. `_1` is one without a
    name, by its place."""
    sql: Mapping[str, str]
    """By dataset: a SELECT over `raw` that yields the contract's columns, one row per row of the dataset.

    `raw` has the header's columns by their names here, all text, NULL where empty, and `_file` (the object's
    key), `_line` (its header is line 1) and `_raw` (the line). The column `_source` tells the runtime
    which line a row came from; it is passed on by itself, also through WITH and sub-queries that are read
    from. A statement that groups or joins has to yield it: `min_by(_source, _line) AS _source`.

    `try_cast` and `try_to_timestamp` are safe, whatever a cell holds (see safe_casts.py); other casts may
    throw, and that ends the job.

    It may also yield `_problems`, an array of texts: what only the source's own SQL can have against a row,
    such as "seen: day first or month first" of a date with two readings. NULLs in it count for nothing; a row
    with any other is quarantined for these reasons and whatever else is against it. A column that one
    begins with is not called unparsable besides. They are shown as they are: no personal data.
    """
    sources: Mapping[str, Mapping[str, Sequence[str]]] = field(default_factory=dict)
    """By dataset and column: the columns of `raw` it is computed from.

    NULL where one of those was not empty is "unparsable", else "missing". Leave out an optional
    column which the SELECT makes NULL on purpose.
    """
    multiline: bool = False
    """Whether a quoted field may hold line breaks, so that a record may span lines; its line is the first.

    A broken quote then rejects the file, since nothing tells where its record ends; in any other file it
    costs that line alone.
    """
    format: str = "csv"
    """`csv`, or `json`: a list of objects or one a line. The header is then the names of the fields, and each
    value its text (see json_records.py); other fields are passed over, one that is missing is empty."""
    folder: str | None = None
    """Where its files lie below the trigger's prefix, such as `orders/`; None when they may lie anywhere."""


@dataclass(frozen=True)
class Job:
    """What one Glue job does."""

    pipeline: str
    datasets: Sequence[Dataset]
    profiles: Sequence[Profile]
