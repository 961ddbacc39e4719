"""The named steps of a run: each is timed, logged as one JSON line, and ends up in the report."""

import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TextIO, TypeVar

from pyspark.sql import SparkSession

from .at_once import at_once

T = TypeVar("T")

Works = dict[str, Callable[[dict[str, Any]], None]]
"""What is done at once in one step, by its name; see `Steps.at_once`."""


class Steps:
    """Log lines carry the run's id, the step and counts; never a value of a row."""

    def __init__(
        self,
        run_id: str,
        out: TextIO | None = None,
        clock: Callable[[], float] = time.monotonic,
        at: Callable[[str], None] = lambda name: None,
    ) -> None:
        """`out` is standard output by default.

        `at` is told the name of each step before it begins; what it raises ends the run there.
        """
        self.run_id = run_id
        self.seconds: list[tuple[str, float]] = []
        self._out = sys.stdout if out is None else out
        self._clock = clock
        self._at = at

    @contextmanager
    def step(self, name: str, **facts: object) -> Iterator[dict[str, Any]]:
        """Times what happens inside; facts put into the dict that it yields are logged when it is done."""
        self.log(name, "started", **facts)
        self._at(name)
        begun = self._clock()
        found: dict[str, Any] = {}
        try:
            yield found
        except Exception as error:
            self.log(name, "failed", seconds=self._since(begun), error=type(error).__name__)
            raise
        seconds = self._since(begun)
        self.seconds.append((name, seconds))
        self.log(name, "done", seconds=seconds, **found)

    def at_once(
        self,
        spark: SparkSession,
        works: Mapping[str, Callable[[dict[str, Any]], T]],
        name: str | None = None,
    ) -> dict[str, T]:
        """One step of several works, such as one for each dataset, done at once; none when there are none.

        A work is given a dict like that of `step`, for what it found. The step is called by all their names,
        unless it has one of its own.
        """
        if not works:
            return {}
        with self.step(name or ", ".join(works)) as found:
            found.update({work: {} for work in works})
            results = at_once(spark, lambda work: works[work](found[work]), list(works))
            return dict(zip(works, results, strict=True))

    def log(self, step: str, event: str, **facts: object) -> None:
        line = {"run_id": self.run_id, "step": step, "event": event, **facts}
        print(json.dumps(line, default=str), file=self._out, flush=True)

    def _since(self, begun: float) -> float:
        return round(self._clock() - begun, 3)
