"""A run that is killed and run again ends as if nothing had happened, wherever it was killed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from lake import Lake, csv
from penstock_runtime import iceberg, objects
from penstock_runtime.contract import Job
from small_job import BOTH, SMALL


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


def _story(lake: Lake, job: Job) -> Story:
    before = lake.run(
        lake.put("1.csv", csv("a,solid,1,,1,ann", "b,solid,2,,5,", "c,solid,3,,1,")),
        lake.put("places-1.csv", csv("n,North", "s,South", header="Place,Long Name")),
        job=job,
    )
    lines = (
        "a,liquid,1.5,,2,bob",
        "b,solid,9,,4,",
        "c,solid,3,,1,",
        "d,solid,4,,1,",
        "d,solid,5,,1,",
        "e,gas,x",
    )
    files = [
        lake.put("2.csv", csv(*lines), "2026-02-01T00:00:00.000Z"),
        lake.put("places-2.csv", csv("s,The South", "e,East", ",Nowhere", header="Place,Long Name")),
        lake.put("odd.csv", "what,is,this\n"),
    ]
    return Story(lake, job, before, files)


@dataclass
class Undisturbed:
    """A story, the steps of its run in order, and what it comes to."""

    story: Story
    steps: list[str]
    outcome: dict[str, Any]


def _undisturbed(story: Story) -> Undisturbed:
    steps: list[str] = []
    run_id = story.reset()
    report = story.run(run_id, at=steps.append)
    return Undisturbed(story, steps, story.outcome(run_id, report))


@pytest.fixture(scope="module")
def one(new_lake: Callable[[], Lake]) -> Undisturbed:
    """A job of one dataset."""
    return _undisturbed(_story(new_lake(), SMALL))


@pytest.fixture(scope="module")
def two(new_lake: Callable[[], Lake]) -> Undisturbed:
    """A job of two, which are published one after the other."""
    return _undisturbed(_story(new_lake(), BOTH))


def test_the_run_is_worth_killing(two: Undisturbed) -> None:
    """On paper: each count that a row can end in is there, and both tables are published."""
    ends = ("inserted", "updated", "unchanged", "superseded", "duplicates", "quarantined")
    counted = {name: [each[end] for end in ends] for name, each in two.outcome["datasets"].items()}
    assert counted == {"readings": [1, 1, 1, 1, 1, 1], "places": [1, 1, 0, 0, 0, 1]}
    assert [file["status"] for file in two.outcome["files"]] == ["accepted", "accepted", "rejected"]
    assert {"publish readings", "publish places"} <= set(two.steps)
    assert len(two.steps) == len(set(two.steps))


def test_killed_before_every_step_up_to_the_cleaned_rows(one: Undisturbed) -> None:
    _killed_on_and_on(one, one.steps[: one.steps.index("conformed") + 1])


def test_killed_before_any_later_step(one: Undisturbed) -> None:
    wrong = {}
    for step in one.steps[one.steps.index("conformed") + 1 :]:
        run_id = one.story.reset()
        with pytest.raises(Killed):
            one.story.run(run_id, at=_killing(step))
        report = one.story.run(run_id, attempt=2)
        outcome = one.story.outcome(run_id, report)
        if outcome != one.outcome:
            wrong[step] = outcome
    assert wrong == {}


def test_killed_before_every_later_step_of_two_datasets(two: Undisturbed) -> None:
    """Also from between the two tables' publishing."""
    _killed_on_and_on(two, two.steps[two.steps.index("conformed") + 1 :])


def _killed_on_and_on(undisturbed: Undisturbed, steps: list[str]) -> None:
    """One run that gets a step further each time, on what the attempts before left."""
    assert len(steps) >= 4
    story = undisturbed.story
    run_id = story.reset()
    for attempt, step in enumerate(steps, start=1):
        with pytest.raises(Killed):
            story.run(run_id, attempt, at=_killing(step))
    report = story.run(run_id, len(steps) + 1)
    assert story.outcome(run_id, report) == undisturbed.outcome


def _killing(at: str) -> Callable[[str], None]:
    def kill(step: str) -> None:
        if step == at:
            raise Killed(step)

    return kill


@pytest.fixture(params=["between two commits", "after publishing", "before the report"])
def _killed_within(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Kills within a step, at its most delicate place."""
    if request.param == "between two commits":
        # The branch has the updated rows, and the inserted are still to come.
        monkeypatch.setattr(iceberg, "_append", _dying())
    elif request.param == "after publishing":
        monkeypatch.setattr(iceberg, "fast_forward", _dying(after=iceberg.fast_forward))
    else:
        monkeypatch.setattr(objects, "write", _dying(only="report.json", otherwise=objects.write))
    yield


@pytest.mark.usefixtures("_killed_within")
def test_killed_within_a_step(one: Undisturbed, monkeypatch: pytest.MonkeyPatch) -> None:
    run_id = one.story.reset()
    with pytest.raises(Killed):
        one.story.run(run_id)
    monkeypatch.undo()
    report = one.story.run(run_id, attempt=2)
    assert one.story.outcome(run_id, report) == one.outcome


def _dying(
    after: Callable[..., None] | None = None, only: str = "", otherwise: Callable[..., None] | None = None
) -> Callable[..., None]:
    def die(*arguments: Any) -> None:
        if otherwise is not None and not str(arguments[0]).endswith(only):
            otherwise(*arguments)
            return
        if after is not None:
            after(*arguments)
        raise Killed

    return die
