"""Cells that Spark's own casts throw for, or compute on for minutes."""

import pytest
from penstock_runtime.safe_casts import with_safe_casts
from pyspark.sql import SparkSession

_DECIMAL = "try_cast(trim(cell) AS decimal(10, 3))"
_TIMESTAMP = "try_to_timestamp(concat(cell, ' ', '7:05'), 'd/M/yyyy H:mm')"


@pytest.mark.parametrize(
    ("expression", "cell", "expected"),
    [
        (_DECIMAL, " 31.205 ", "31.205"),
        (_DECIMAL, "-.5", "-0.500"),
        (_DECIMAL, "1.25e+1", "12.500"),
        (_DECIMAL, "1E-05", "0.000"),
        (_DECIMAL, "1e-999", "0.000"),
        (_DECIMAL, "1e999", None),
        (_DECIMAL, "0" * 399 + "7", "7.000"),
        (_DECIMAL, "1e-999999999", None),
        (_DECIMAL, "1e2147483647", None),
        (_DECIMAL, "12e-2147483646", None),
        (_DECIMAL, "-1E-99999999", None),
        (_DECIMAL, "1e-" + 9 * "\u0669", None),
        (_DECIMAL, "1\uff12", None),
        (_DECIMAL, "0." + "1" * 1_000_000, None),
        (_DECIMAL, None, None),
        (_TIMESTAMP, "31/12/2016", "2016-12-31 07:05:00"),
        (_TIMESTAMP, "31/2/2016", None),
        (_TIMESTAMP, "1/1/+294248", None),
        (_TIMESTAMP, "1/1/+999999999", None),
        (_TIMESTAMP, None, None),
    ],
)
def test_no_cell_ends_the_job(
    spark: SparkSession, expression: str, cell: str | None, expected: str | None
) -> None:
    spark.createDataFrame([(cell,)], "cell string").createOrReplaceTempView("raw")
    found = spark.sql(with_safe_casts(f"SELECT CAST({expression} AS string) AS found FROM raw")).collect()
    assert [row["found"] for row in found] == [expected]


def test_a_time_that_is_read_twice_does_not_throw_either(spark: SparkSession) -> None:
    # what an expression has twice, Spark computes beforehand
    spark.createDataFrame([("1/1/+999999999",)], "cell string").createOrReplaceTempView("raw")
    twice = f"SELECT {_TIMESTAMP} AS one, to_utc_timestamp({_TIMESTAMP}, 'Europe/London') AS two FROM raw"
    assert [tuple(row) for row in spark.sql(with_safe_casts(twice)).collect()] == [(None, None)]


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT CAST(a AS decimal(2, 1)) FROM (SELECT b AS decimal FROM raw)",
        "SELECT try_cast(a AS int) AS `decimal`, 'try_cast(a AS decimal)' -- try_to_timestamp(a)",
        "SELECT try_cast(a, 1), (a AS dec)",
    ],
)
def test_nothing_else_is_changed(sql: str) -> None:
    assert with_safe_casts(sql) == sql


def test_casts_within_casts_and_comments_are_seen() -> None:
    cast = with_safe_casts("try_cast(nullif(try_cast(a AS NUMERIC(3)), 0) as -- why\n Decimal (4, 1))")
    assert cast.count("regexp_replace(") == 2
    assert cast.startswith("try_cast(regexp_replace(nullif(try_cast(regexp_replace(a , ")
    assert cast.endswith("'!') as -- why\n Decimal (4, 1))")
