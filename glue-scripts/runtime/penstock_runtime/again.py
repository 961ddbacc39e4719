"""What a run reads of the rows that earlier runs set aside: those asked for, those of its files, and those
whose parents it brings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

from pyspark.sql import DataFrame, SparkSession

from .arguments import Arguments
from .contract import Dataset, Job
from .history import asked_for, in_files, orphans
from .intake import FileOutcome
from .manifest import Manifest
from .orphans import parents_of
from .quarantine import PLACE
from .redrive import quarantined_lines
from .rows import REFUSED, judged


@dataclass(frozen=True)
class Again:
    spark: SparkSession
    arguments: Arguments
    job: Job
    manifest: Manifest
    outcomes: Sequence[FileOutcome]
    """What became of the run's files."""
    accepted: Mapping[str, int]
    """By dataset, how many rows of it the run has accepted; parents at least."""

    def rows(self, dataset: Dataset) -> DataFrame | None:
        """All of them; None when there can't be any."""
        parts = [self.asked(dataset), self.put_through(dataset)]
        found = [part for part in parts if part is not None]
        return reduce(DataFrame.unionByName, found) if found else None

    def asked(self, dataset: Dataset) -> DataFrame | None:
        """Those that a redrive asks for, or that came from the run's files."""
        if self.manifest.work.kind == "redrive":
            return asked_for(self.spark, self.arguments, dataset, self.manifest.work, self.job.profiles)
        yielding = {profile.name for profile in self.job.profiles if dataset.name in profile.sql}
        read = {each.key for each in self.outcomes if each.status == "accepted" and each.profile in yielding}
        files = [file for file in self.manifest.files if file.key in read]
        return in_files(self.spark, self.arguments, dataset, files)

    def put_through(self, dataset: Dataset) -> DataFrame | None:
        """Orphans whose parents have come with this run, and that nothing is against any more."""
        if not any(self.accepted.get(key.dataset, 0) for key in dataset.foreign_keys):
            return None
        waiting = orphans(self.spark, self.arguments, dataset, self.job.profiles)
        asked = self.asked(dataset)
        if waiting is not None and asked is not None:
            waiting = waiting.join(asked.select(*PLACE), list(PLACE), "left_anti")
        if waiting is None:
            return None
        parents = self.parents(dataset)
        good = [
            judged(self.spark, lines, dataset, parents)
            .where(f"NOT {REFUSED}")
            .selectExpr("_source._file AS file", "_source._hash AS hash", "_line AS line")
            for lines in quarantined_lines(waiting, self.job.profiles)
        ]
        if not good:
            return None
        # Computed once, and without what is random in it (see raw.once): a MERGE takes no such source.
        places = reduce(DataFrame.union, good).localCheckpoint()
        return waiting.join(places, list(PLACE), "left_semi")

    def parents(self, dataset: Dataset) -> dict[str, DataFrame]:
        """The keys of the rows that the dataset refers to."""
        fresh = [name for name, rows in self.accepted.items() if rows]
        return parents_of(self.spark, self.arguments, dataset, self.job.datasets, fresh)
