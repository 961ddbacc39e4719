"""A run that is killed and run again, and what one comes to that nobody disturbed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from lake import Lake
from penstock_runtime.contract import Job


class Killed(BaseException):
    """Not an Exception: what kills a process is not caught on its way."""


@dataclass
class Story:
    """A lake with a table in it, and the run that is killed again and again on it."""

    lake: Lake
    job: Job
    before: dict[str, Any]
    files: list[dict[str, Any]]

    def reset(self) -> str:
        """The tables as they were before the run; a new id, so that no trace of an earlier one is there."""
        for dataset in self.job.datasets:
            table = self.lake.table(dataset.name)
            name = table.removeprefix("glue_catalog.")
            snapshot = self.before["datasets"][dataset.name]["snapshot_id"]
            sql = f"CALL glue_catalog.system.set_current_snapshot('{name}', {snapshot})"
            self.lake.spark.sql(sql)
            assert self.lake.refs(dataset.name) == ["main"]
        return self.lake.next_run_id()

    def run(self, run_id: str, attempt: int = 1, at: Callable[[str], None] = lambda step: None) -> Any:
        return self.lake.run(*self.files, job=self.job, run_id=run_id, attempt=attempt, at=at)

    def outcome(self, run_id: str, report: dict[str, Any]) -> dict[str, Any]:
        """All that may be seen of a run, but its times and ids."""
        columns = {each.name: [column.name for column in each.columns] for each in self.job.datasets}
        lineage = ("_source_file", "_line", "_row_hash")
        return {
            "tables": {name: self.lake.rows(*of, *lineage, dataset=name) for name, of in columns.items()},
            "written": {
                name: [row[0] == run_id for row in self.lake.rows("_run_id", dataset=name)]
                for name in columns
            },
            "quarantine": {
                name: [
                    (row["file"], row["line"], row["raw"], row["reasons"], row["key"])
                    for row in self.lake.quarantined(name)
                    if row["run_id"] == run_id
                ]
                for name in columns
            },
            "refs": {name: self.lake.refs(name) for name in columns},
            "datasets": {
                name: {key: value for key, value in counts.items() if key != "snapshot_id"}
                for name, counts in report["datasets"].items()
            },
            **{key: report[key] for key in ("outcome", "files", "reasons", "gates")},
        }


@dataclass
class Undisturbed:
    """A story, the steps of its run in order, and what it comes to."""

    story: Story
    steps: list[str]
    outcome: dict[str, Any]


def undisturbed(story: Story) -> Undisturbed:
    steps: list[str] = []
    run_id = story.reset()
    report = story.run(run_id, at=steps.append)
    return Undisturbed(story, steps, story.outcome(run_id, report))


def killed_on_and_on(of: Undisturbed, steps: list[str]) -> None:
    """One run that gets a step further each time, on what the attempts before left."""
    assert len(steps) >= 4
    story = of.story
    run_id = story.reset()
    for attempt, step in enumerate(steps, start=1):
        with pytest.raises(Killed):
            story.run(run_id, attempt, at=killing(step))
    report = story.run(run_id, len(steps) + 1)
    assert story.outcome(run_id, report) == of.outcome


def killing(at: str) -> Callable[[str], None]:
    def kill(step: str) -> None:
        if step == at:
            raise Killed(step)

    return kill


def dying(
    after: Callable[..., None] | None = None, only: str = "", otherwise: Callable[..., None] | None = None
) -> Callable[..., None]:
    """In place of a function: dies, once `after` is done; `otherwise` for what does not end with `only`."""

    def die(*arguments: Any) -> None:
        if otherwise is not None and not str(arguments[0]).endswith(only):
            otherwise(*arguments)
            return
        if after is not None:
            after(*arguments)
        raise Killed

    return die
