"""What a run reads of the rows that earlier runs set aside: those asked for, those of its files, and those
whose parents it brings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce

from pyspark.sql import DataFrame, SparkSession

from .arguments import Arguments
from .contract import Dataset, Job
from .history import asked_for, in_files, orphans
from .intake import FileOutcome
from .manifest import Manifest
from .orphans import Parents, parents_of
from .quarantine import PLACE
from .redrive import quarantined_lines
from .rows import REFUSED, judged


@dataclass
class Again:
    """One for a run: what was found once is not looked for again, since nothing else writes meanwhile."""

    spark: SparkSession
    arguments: Arguments
    job: Job
    manifest: Manifest
    outcomes: Sequence[FileOutcome] = ()
    """What became of the run's files, once that is known."""
    accepted: Mapping[str, int] = field(default_factory=dict)
    """By dataset, how many rows of it the run has accepted so far; parents come first."""
    _asked: dict[str, DataFrame | None] = field(default_factory=dict)
    _put_through: dict[str, DataFrame | None] = field(default_factory=dict)

    @property
    def copies(self) -> str:
        """URL of a folder for copies of what Spark can't read as it is; gone when the conforming is done."""
        return f"{self.arguments.lake}runs/{self.manifest.pipeline}/{self.arguments.run_id}/copies/"

    def rows(self, dataset: Dataset) -> DataFrame | None:
        """All of them; None when there are none."""
        parts = [self.asked(dataset), self.put_through(dataset)]
        found = [part for part in parts if part is not None]
        return reduce(DataFrame.unionByName, found) if found else None

    def asked(self, dataset: Dataset) -> DataFrame | None:
        """Those that a redrive asks for, or that came from the run's files; None when there are none."""
        if dataset.name not in self._asked:
            self._asked[dataset.name] = _unless_empty(self._look_for_asked(dataset))
        return self._asked[dataset.name]

    def put_through(self, dataset: Dataset) -> DataFrame | None:
        """Orphans whose parents have come with this run, and that nothing is against any more."""
        if dataset.name not in self._put_through:
            self._put_through[dataset.name] = self._look_for_orphans(dataset)
        return self._put_through[dataset.name]

    def parents(self, dataset: Dataset) -> Parents:
        """The keys of the rows that the dataset refers to."""
        return parents_of(self.spark, self.arguments, dataset, self.job.datasets, self.accepted)

    def _look_for_asked(self, dataset: Dataset) -> DataFrame | None:
        if self.manifest.work.kind == "redrive":
            return asked_for(self.spark, self.arguments, dataset, self.manifest.work, self.job.profiles)
        yielding = {profile.name for profile in self.job.profiles if dataset.name in profile.sql}
        read = {each.key for each in self.outcomes if each.status == "accepted" and each.profile in yielding}
        files = [file for file in self.manifest.files if file.key in read]
        return in_files(self.spark, self.arguments, dataset, files)

    def _look_for_orphans(self, dataset: Dataset) -> DataFrame | None:
        if not any(self.accepted.get(key.dataset, 0) for key in dataset.foreign_keys):
            return None
        waiting = orphans(self.spark, self.arguments, dataset, self.job.profiles)
        asked = self.asked(dataset)
        if waiting is not None and asked is not None:
            waiting = waiting.join(asked.select(*PLACE), list(PLACE), "left_anti")
        if waiting is None:
            return None
        found = quarantined_lines(waiting, self.job.profiles, self.copies)
        if not found:
            return None
        parents = self.parents(dataset)
        good = [
            judged(self.spark, lines, dataset, parents)
            .where(f"NOT {REFUSED}")
            .selectExpr("_file AS file", "_hash AS hash", "_line AS line")
            for lines in found
        ]
        # Computed once, and without what is random in it (see raw.once): a MERGE takes no such source.
        places = reduce(DataFrame.union, good).localCheckpoint()
        return waiting.join(places, list(PLACE), "left_semi")


def _unless_empty(rows: DataFrame | None) -> DataFrame | None:
    """Most runs have nothing to read again; then no later query need look."""
    return None if rows is None or rows.isEmpty() else rows
