"""Counting rows on their way into a file, without reading them twice."""

from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Thread

from pyspark.sql import DataFrame, Observation
from pyspark.sql import functions as F

_PATIENCE = 10.0
"""Seconds that a finished job's figures may take to come in; they travel on Spark's listener bus."""


@dataclass(frozen=True)
class Observed:
    """Rows that a condition held for; known once an action on `rows` has run."""

    rows: DataFrame
    _observation: Observation

    def count(self) -> int | None:
        """None when Spark saw by itself that nothing comes out, and dropped the counting from its plan."""
        found: SimpleQueue[int] = SimpleQueue()
        # Spark would wait for ever, hence the thread.
        Thread(target=lambda: found.put(self._observation.get["found"]), daemon=True).start()
        try:
            return found.get(timeout=_PATIENCE)
        except Empty:
            return None


def observed(rows: DataFrame, condition: str) -> Observed:
    observation = Observation()
    counted = rows.observe(observation, F.expr(f"count_if({condition})").alias("found"))
    return Observed(counted, observation)
