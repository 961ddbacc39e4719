"""From raw text to rows of a dataset: the profile's SELECT, the casts, and every reason against a row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Lock

from pyspark.sql import DataFrame, SparkSession

from .contract import Column, Dataset, ForeignKey, Profile
from .orphans import Parents, is_orphan, reason, with_parents
from .pseudonym import pseudonym
from .raw import Lines, once, quoted
from .safe_casts import with_safe_casts
from .source_column import with_source

REFUSED = "_refused"
"""Whether anything is against a row."""

PROBLEMS = "_problems"
"""What the profile itself has against a row, in words; empty or NULL when it has nothing."""

_ONE_VIEW = Lock()
"""Datasets that are judged at the same time have the view `raw` in turn. A query knows what it reads once it
is made."""


def judged(spark: SparkSession, lines: Lines, dataset: Dataset, parents: Parents) -> DataFrame:
    """The dataset's rows out of a group's lines: its columns as they came; `_file`, `_hash`, `_modified` and
    `_line`, where each is from; `_refused`; and of a refused one `_raw` and `_reasons`, else NULL.

    No more than that, since they are kept to be read twice. `parents` are the keys of the datasets that it
    refers to.
    """
    profile = lines.group.profile
    with _ONE_VIEW:
        lines.good().createOrReplaceTempView("raw")
        selected = spark.sql(with_safe_casts(with_source(profile.sql[dataset.name])))
    typed = selected.selectExpr(
        *[_typed(column, dict(selected.dtypes)) for column in dataset.columns],
        f"array_compact({PROBLEMS}) AS {PROBLEMS}"
        if PROBLEMS in selected.columns
        else f"CAST(NULL AS array<string>) AS {PROBLEMS}",
        "_source",
        f"{once('_source._line')} AS _line",
    )
    typed = with_parents(typed, dataset, parents)
    objections = _objections(dataset, profile)
    conditions = [f"size({PROBLEMS}) > 0", *[each.condition for each in objections]]
    against = " OR ".join(f"coalesce({condition}, false)" for condition in conditions)
    return typed.selectExpr("*", f"{against} AS {REFUSED}").selectExpr(
        *[quoted(column.name) for column in dataset.columns],
        *[f"_source.{name} AS {name}" for name in ("_file", "_hash", "_modified")],
        "_line",
        REFUSED,
        f"if({REFUSED}, _source._raw, NULL) AS _raw",
        f"if({REFUSED}, {_reasons(objections)}, NULL) AS _reasons",
    )


def accepted(rows: DataFrame, dataset: Dataset, pads: DataFrame | None, run_id: str) -> DataFrame:
    """The judged rows that nothing is against, pseudonymised, with their lineage.

    `pads` are needed when a column is personal data.
    """
    good = rows.where(f"NOT {REFUSED}")
    final = (good if pads is None else good.crossJoin(pads)).selectExpr(
        *[
            f"{pseudonym(quoted(column.name))} AS {quoted(column.name)}"
            if column.pseudonymise
            else quoted(column.name)
            for column in dataset.columns
        ],
        f"'{run_id}' AS _run_id",
        "_file AS _source_file",
        "_line",
        "_modified",
    )
    return final.selectExpr("*", f"{row_hash(dataset)} AS _row_hash")


def _reasons(objections: Sequence["_Objection"]) -> str:
    """SQL: everything against a row, the profile's own reasons first."""
    reasons = ", ".join(f"if({each.condition}, {each.reason}, NULL)" for each in objections)
    own = f"coalesce({PROBLEMS}, CAST(array() AS array<string>))"
    return f"array_compact(concat({own}, array({reasons})))"


def row_hash(dataset: Dataset) -> str:
    """SQL: a hash of the contract's columns.

    `xxhash64` passes over NULL, so an optional column brings its name along when it has a value: a value in
    the next column is then another row, and a column that the contract gains leaves old hashes as they were.
    """
    parts = [
        part
        for column in dataset.columns
        for part in (
            [quoted(column.name)]
            if column.required
            else [f"if({quoted(column.name)} IS NULL, NULL, {_text(column.name)})", quoted(column.name)]
        )
    ]
    return f"xxhash64({', '.join(parts)})"


def _typed(column: Column, given: Mapping[str, str]) -> str:
    """`given` are the columns that there are, and their types."""
    name = quoted(column.name)
    types = {each.lower(): kind for each, kind in given.items()}
    if column.name.lower() not in types:
        # A source that does not have an optional column need not speak of it.
        return f"CAST(NULL AS {column.type}) AS {name}"
    cast = f"try_cast({name} AS {column.type})"
    return f"{with_safe_casts(cast) if types[column.name.lower()] == 'string' else cast} AS {name}"


@dataclass(frozen=True)
class _Objection:
    """What may be against a row, both as SQL. Most rows are good, so conditions have to be cheap."""

    condition: str
    """NULL is as good as FALSE."""
    reason: str
    """Text; only asked when the condition holds."""


def _objections(dataset: Dataset, profile: Profile) -> list[_Objection]:
    """In the order of the contract."""
    sources = profile.sources.get(dataset.name, {})
    return [
        *[
            objection
            for column in dataset.columns
            for objection in [
                *_absent(column, sources.get(column.name, [])),
                *_out_of_bounds(column),
            ]
        ],
        *[_Objection(f"NOT ({rule.predicate})", _text(rule.name)) for rule in dataset.rules],
        *[_orphan(dataset, key) for key in dataset.foreign_keys],
    ]


def _orphan(dataset: Dataset, key: ForeignKey) -> _Objection:
    """What the profile refuses, such as a cancelled order's lines, waits for nobody."""
    return _Objection(
        f"{is_orphan(dataset, key)} AND NOT coalesce(size({PROBLEMS}) > 0, false)", _text(reason(key))
    )


def _absent(column: Column, sources: Sequence[str]) -> list[_Objection]:
    """NULL where the file had something is unparsable, also in a column that may be empty."""
    name = quoted(column.name)
    given = " OR ".join(f"trim(_source.{quoted(source)}) <> ''" for source in sources) or "false"
    missing = _text(f"{column.name}: missing")
    # What the profile says of the column explains more.
    explained = f"exists({PROBLEMS}, each -> startswith(each, {_text(f'{column.name}: ')}))"
    unparsable = f"if({explained}, NULL, {_text(f'{column.name}: unparsable')})"
    if column.required:
        return [_Objection(f"{name} IS NULL", f"if({given}, {unparsable}, {missing})")]
    return [_Objection(f"{name} IS NULL AND ({given})", unparsable)] if sources else []


def _out_of_bounds(column: Column) -> list[_Objection]:
    name = quoted(column.name)
    objections = [
        _Objection(
            f"{name} {sign} CAST({_text(bound)} AS {column.type})", _text(f"{column.name}: {word} {bound}")
        )
        for sign, word, bound in (("<", "below", column.at_least), (">", "above", column.at_most))
        if bound is not None
    ]
    if column.type == "double":
        finite = f"{name} > -double('inf') AND {name} < double('inf')"
        objections.append(_Objection(f"NOT ({finite})", _text(f"{column.name}: not a finite number")))
    if column.one_of:
        words = ", ".join(_text(word) for word in column.one_of)
        reason = _text(f"{column.name}: not one of {', '.join(column.one_of)}")
        objections.append(_Objection(f"{name} NOT IN ({words})", reason))
    return objections


def _text(text: str) -> str:
    """A SQL literal; Spark escapes by backslash."""
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
