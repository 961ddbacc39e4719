"""Spark queries at once. On little data a query is mostly its planning, which keeps one core busy."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from functools import partial
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
    begun = [_begin(spark, partial(work, each)) for each in of]
    for thread, _ in begun:
        thread.join()
    return [result.result() for _, result in begun]


@contextmanager
def meanwhile(spark: SparkSession, work: Callable[[], T]) -> Iterator[Callable[[], T]]:
    """Does the work while the block lasts, at least; yields what waits for its result or raises its error."""
    thread, done = _begin(spark, work)
    try:
        yield done.result
    finally:
        thread.join()


def _begin(spark: SparkSession, work: Callable[[], T]) -> tuple[InheritableThread, Future[T]]:
    done: Future[T] = Future()

    def run() -> None:
        try:
            # Of the JVM's thread, which does not inherit it.
            spark._jvm.SparkSession.setActiveSession(spark._jsparkSession)  # type: ignore[union-attr]
            done.set_result(work())
        except BaseException as error:
            # Else whoever waits for the result would wait for ever.
            done.set_exception(error)

    thread = InheritableThread(target=run)
    thread.start()
    return thread, done
