"""The lines of files as rows of text: what a profile's SELECT reads, and the lines that are no rows."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from . import objects
from .arrival import LONGEST_LINE
from .small_table import small_table
from .survey import BLANK, Group, Split, numbered_text, odd_text

_CUT = 10_000
"""Letters of an over-long line that quarantine keeps."""

_FROM = ("_file", "_hash", "_line", "_raw", "_modified")
"""Where a line is from."""


@dataclass(frozen=True)
class Lines:
    """A group's lines, parsed but not yet computed."""

    group: Group
    parsed: DataFrame
    """The columns as text, NULL where empty; `_file`, `_hash`, `_line`, `_raw`, `_modified`, `_broken`."""
    rows: Mapping[str, int]
    """By file key: lines that are neither blank nor the header."""

    @property
    def count(self) -> int:
        """Of all files."""
        return sum(self.rows.values())

    def good(self) -> DataFrame:
        """The view `raw`."""
        names = [quoted(name) for name in self.group.columns]
        fields = ", ".join([*names, *_FROM])
        return self.parsed.where("_broken IS NULL").selectExpr(
            *names, "_file", "_line", "_raw", f"struct({fields}) AS _source"
        )

    def broken(self) -> DataFrame:
        """The lines that are no rows: where each is from, `_raw`, and `_broken`, the reason."""
        return self.parsed.where("_broken IS NOT NULL").select(*_FROM, "_broken")


def parse(spark: SparkSession, group: Group, splits: Sequence[Split]) -> Lines:
    """Reads the group's files, numbering their lines by the survey."""
    bases = _bases(group, splits)
    odd = odd_text("value") if any(split.odd for split in splits) else "CAST(NULL AS string)"
    located = (
        numbered_text(spark, group)
        .join(F.broadcast(_frame(spark, bases)), ["path", "block"])
        .selectExpr("value", "_file", "_hash", "_modified", "place + base AS _line", "header_line")
        .where(f"_line > header_line AND NOT ({BLANK})")
    )
    rows: dict[str, int] = defaultdict(int)
    for base in bases:
        rows[base.key] += base.rows
    return Lines(group, parsed_lines(located, group, odd), rows)


def parsed_lines(located: DataFrame, group: Group, odd: str) -> DataFrame:
    """`Lines.parsed` of lines that are known by `value`, `_file`, `_hash`, `_modified` and `_line`.

    `odd` is SQL: the reason why a line is no text, NULL when it is.
    """
    names = [quoted(name) for name in group.columns]
    schema = ", ".join(f"{name} string" for name in [*names, "_corrupt"])
    options = {"columnNameOfCorruptRecord": "_corrupt", "escape": '"', "mode": "PERMISSIVE"}
    if group.profile.multiline:
        options["multiLine"] = "true"
    return (
        located.selectExpr("*", f"{odd} AS odd")
        # A line that is not text is not shown to the parser.
        .withColumn("fields", F.from_csv(F.expr("if(odd IS NULL, value, NULL)"), schema, options))
        .withColumn("_line", F.expr(once("_line")))
        .selectExpr(
            *[f"fields.{name} AS {name}" for name in names],
            "_file",
            "_hash",
            "_line",
            f"if(odd IS NULL, value, {_shown('value')}) AS _raw",
            "_modified",
            f"coalesce(odd, {_misshapen(len(names))}) AS _broken",
        )
    )


def _shown(value: str) -> str:
    """SQL: a line that is no text, as a reader would see it; of too long a one, the beginning."""
    shown = f"decode(CAST({value} AS binary), 'UTF-8')"
    return f"if(octet_length({value}) > {LONGEST_LINE}, left({shown}, {_CUT}), {shown})"


def once(number: str) -> str:
    """SQL: the same number, and an end to Spark's copying of expressions into the filters above them.

    It would parse each line once to see whether it is good, and again for its fields. A selection that has
    a random part stays as it is; this one is `rand()` cut off to 0. The seed stands in the code that Spark
    compiles: one of its own for each query would have each compiled anew.
    """
    return f"{number} + CAST(rand(0) AS bigint)"


def quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


def _misshapen(columns: int) -> str:
    """SQL: why a line of text is no row; counting its fields costs, so it is done for those alone."""
    unquoted = """regexp_replace(value, '"[^"]*"', '')"""
    return f"""CASE
        WHEN contains(value, '"') AND (octet_length(value) - octet_length(replace(value, '"', ''))) % 2 = 1
            THEN 'broken quote'
        WHEN fields._corrupt IS NULL THEN NULL
        WHEN octet_length({unquoted}) - octet_length(replace({unquoted}, ',', '')) + 1 < {columns}
            THEN 'too few fields'
        ELSE 'too many fields'
    END"""


@dataclass(frozen=True)
class _Base:
    """What the second pass has to know of a split."""

    path: str
    block: int
    base: int
    """To be added to a line's place within its task to make its number."""
    header_line: int
    key: str
    hash: str
    modified: int
    """Microseconds since 1970."""
    rows: int


def _bases(group: Group, splits: Sequence[Split]) -> list[_Base]:
    arrived = {_plain(objects.spark_path(each.url)): each for each in group.files}
    lines: dict[str, int] = defaultdict(int)
    bases = []
    for split in sorted(splits, key=lambda split: (split.path, split.block)):
        of = arrived[_plain(unquote(split.path))]
        before = lines[split.path]
        lines[split.path] += split.lines
        header_here = before < of.header_line <= lines[split.path]
        bases.append(
            _Base(
                path=split.path,
                block=split.block,
                base=before - split.first + 1,
                header_line=of.header_line,
                key=of.file.key,
                hash=of.file.hash,
                modified=round(of.file.modified.timestamp() * 1e6),
                rows=split.lines - split.blank - (1 if header_here else 0),
            )
        )
    return bases


def _plain(path: str) -> str:
    """Hadoop writes `file:/x` or `file:///x` for the same file."""
    return path.replace("file:///", "file:/", 1)


def _frame(spark: SparkSession, bases: Sequence[_Base]) -> DataFrame:
    rows = [
        {
            "path": each.path,
            "block": each.block,
            "base": each.base,
            "header_line": each.header_line,
            "_file": each.key,
            "_hash": each.hash,
            "_modified": each.modified,
        }
        for each in bases
    ]
    schema = (
        "path: string, block: bigint, base: bigint, header_line: bigint, _file: string, _hash: string, "
        "_modified: bigint"
    )
    return small_table(spark, rows, schema).selectExpr(
        "path", "block", "base", "header_line", "_file", "_hash", "timestamp_micros(_modified) AS _modified"
    )
