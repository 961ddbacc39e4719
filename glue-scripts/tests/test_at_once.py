"""Work that is done at once: all has ended when it is over, and an error is told, whichever thread had it."""

from threading import Event

import pytest
from penstock_runtime.at_once import at_once, meanwhile
from pyspark.sql import SparkSession


class Killed(BaseException):
    """Nothing that a job would handle."""


def test_results_come_in_the_order_of_what_was_asked(spark: SparkSession) -> None:
    assert at_once(spark, lambda rows: spark.range(rows).count(), [3, 1, 2]) == [3, 1, 2]


@pytest.mark.parametrize("error", [ValueError, Killed])
def test_an_error_waits_for_the_others_to_end(spark: SparkSession, error: type[BaseException]) -> None:
    failed, ended = Event(), []

    def work(name: str) -> None:
        if name == "fails":
            failed.set()
            raise error
        assert failed.wait(10)
        ended.append(name)

    with pytest.raises(error):
        at_once(spark, work, ["goes on", "fails"])
    assert ended == ["goes on"]


def test_meanwhile_ends_with_the_block_and_tells_its_result(spark: SparkSession) -> None:
    begun, ended = Event(), []

    def work() -> int:
        begun.set()
        count = spark.range(5).count()
        ended.append(count)
        return count

    with meanwhile(spark, work) as result:
        assert begun.wait(10)
    assert ended == [5]
    assert result() == 5


def test_meanwhile_raises_where_its_result_is_asked_for(spark: SparkSession) -> None:
    def work() -> None:
        raise Killed

    with meanwhile(spark, work) as result:
        pass
    with pytest.raises(Killed):
        result()
