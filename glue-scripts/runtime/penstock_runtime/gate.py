"""Gate: what must hold for a run as a whole. One that does not keeps the run from being published."""

from dataclasses import dataclass
from typing import Any

from pyspark.sql import DataFrame, SparkSession

from .conformed import Conformed
from .contract import Dataset
from .stage import Staged


@dataclass(frozen=True)
class GateResult:
    dataset: str
    rule: str
    passed: bool
    detail: str | None = None
    """What was found, when it did not pass."""


def gate(
    spark: SparkSession,
    dataset: Dataset,
    rows: DataFrame | None,
    conformed: Conformed,
    staged: Staged,
    share: bool,
) -> list[GateResult]:
    """`rows` are the accepted ones, None when there are none. A run that read nothing keeps every gate.

    `share` says whether the share of the rows that went to quarantine counts.
    """
    if conformed.read == 0:
        return []
    results = _quarantined(dataset, conformed) if share else []
    if rows is not None:
        results += [*_staged(dataset, staged), *_ruleset(spark, dataset, rows)]
    return results


def _quarantined(dataset: Dataset, conformed: Conformed) -> list[GateResult]:
    most = dataset.most_quarantined
    if most is None:
        return []
    # An orphan is as good as its parent will be.
    bad = conformed.quarantined - conformed.waiting
    share = bad / conformed.read
    detail = f"{bad} of {conformed.read} rows, {share:.1%}"
    return [_result(dataset, f"at most {most:.0%} of the rows quarantined", share <= most, detail)]


def _staged(dataset: Dataset, staged: Staged) -> list[GateResult]:
    """An audit of the branch, by what Iceberg itself counted: no row came or went unaccounted for. Of Delta,
    which has no branch, it holds by itself."""
    expected = staged.rows_before + staged.inserted
    detail = f"{staged.rows} rows, expected {staged.rows_before} + {staged.inserted}"
    return [
        _result(dataset, "the branch has the rows before and those inserted", staged.rows == expected, detail)
    ]


def _ruleset(spark: SparkSession, dataset: Dataset, rows: DataFrame) -> list[GateResult]:
    checked = rows.select(*[column.name for column in dataset.columns])
    jvm: Any = spark._jvm
    evaluated = jvm.com.amazon.deequ.dqdl.EvaluateDataQuality.process(checked._jdf, dataset.ruleset)
    outcomes = DataFrame(evaluated, spark).select("Rule", "Outcome", "FailureReason").collect()
    results = [
        _result(dataset, row["Rule"], row["Outcome"] == "Passed", row["FailureReason"]) for row in outcomes
    ]
    # Deequ answers in an order of its own.
    return sorted(results, key=lambda result: (dataset.ruleset.find(result.rule), result.rule))


def _result(dataset: Dataset, rule: str, passed: bool, detail: str | None) -> GateResult:
    return GateResult(dataset.name, rule, passed, None if passed else detail)
