"""Spark queries at once. On little data a query is mostly its planning, which keeps one core busy."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from pyspark import InheritableThread
from pyspark.sql import SparkSession

S = TypeVar("S")
T = TypeVar("T")


def at_once(spark: SparkSession, work: Callable[[S], T], of: Sequence[S]) -> list[T]:
    """What the work gives for each, in their order; all have ended by then.

    They share the session, so temporary views need names of their own.

    Raises: the error of the first that failed
    """
    if len(of) < 2:
        return [work(each) for each in of]
    results: dict[int, T] = {}
    errors: dict[int, Exception] = {}

    def one(place: int) -> None:
        try:
            # Of the JVM's thread, which does not inherit it.
            spark._jvm.SparkSession.setActiveSession(spark._jsparkSession)  # type: ignore[union-attr]
            results[place] = work(of[place])
        except Exception as error:
            errors[place] = error

    threads = [InheritableThread(target=one, args=(place,)) for place in range(len(of))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[min(errors)]
    return [results[place] for place in range(len(of))]
