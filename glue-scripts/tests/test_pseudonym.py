"""Pseudonyms are HMAC-SHA256 as Python computes it, and the key is nowhere to be seen."""

import hashlib
import hmac
from base64 import b64encode

import pytest
from lake import KEY, Lake, csv
from penstock_runtime.pseudonym import pads, pseudonym
from pyspark.sql import SparkSession

PEOPLE = ["ann", "Ann", "Zoë Ångström", "李", "a" * 200, "42"]


def _hmac(key: bytes, value: str) -> str:
    return hmac.new(key, value.encode(), hashlib.sha256).hexdigest()


@pytest.mark.parametrize("length", [1, 63, 64, 65, 200])
def test_as_pythons_hmac_whatever_the_keys_length(spark: SparkSession, length: int) -> None:
    """A key that is longer than a block of 64 bytes is hashed first."""
    key = bytes(index * 7 % 256 for index in range(length))
    people = spark.createDataFrame([(each,) for each in [*PEOPLE, "", None]], "person string")
    found = people.crossJoin(pads(spark, key)).selectExpr("person", f"{pseudonym('person')} AS it").collect()
    assert {row["person"]: row["it"] for row in found} == {
        **{each: _hmac(key, each) for each in [*PEOPLE, ""]},
        None: None,
    }


def test_a_run_writes_pseudonyms_and_shows_the_key_to_no_one(
    lake: Lake, spark: SparkSession, capfd: pytest.CaptureFixture[str]
) -> None:
    lines = [f"{index},solid,1,,1,{person}" for index, person in enumerate(PEOPLE)]
    report = lake.run(lake.put("people.csv", csv(*lines, "none,solid,1,,1,")))
    expected = [(str(index), _hmac(KEY, person)) for index, person in enumerate(PEOPLE)]
    assert lake.rows("id", "person") == [*expected, ("none", None)]
    folder = lake.folder / "cleaned" / "readings" / f"run={report['run_id']}"
    cleaned = spark.read.parquet(str(folder)).select("id", "person").collect()
    assert sorted(map(tuple, cleaned)) == [*expected, ("none", None)]

    inner = bytes(byte ^ 0x36 for byte in KEY.ljust(64, b"\0"))
    outer = bytes(byte ^ 0x5C for byte in KEY.ljust(64, b"\0"))
    shown = _plans(spark) + capfd.readouterr().out
    assert "_inner_pad" in shown
    for secret in (KEY, inner, outer):
        for form in (secret.decode("latin-1"), secret.hex(), secret.hex(" "), b64encode(secret).decode()):
            assert form.lower() not in shown.lower()


def _plans(spark: SparkSession) -> str:
    """The plans of all statements of the session so far, as Spark's own pages show them."""
    executions = spark._jsparkSession.sharedState().statusStore().executionsList()
    return "\n".join(executions.apply(at).physicalPlanDescription() for at in range(executions.size()))
