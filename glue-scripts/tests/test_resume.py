"""A run that is killed and run again ends as if nothing had happened, wherever it was killed."""

from collections.abc import Callable, Iterator

import pytest
from kill_story import Killed, Story, Undisturbed, dying, killed_on_and_on, killing, undisturbed
from lake import Lake, csv
from penstock_runtime import iceberg, objects
from penstock_runtime.contract import Job
from small_job import BOTH, SMALL


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


@pytest.fixture(scope="module")
def one(new_lake: Callable[[], Lake]) -> Undisturbed:
    """A job of one dataset."""
    return undisturbed(_story(new_lake(), SMALL))


@pytest.fixture(scope="module")
def two(new_lake: Callable[[], Lake]) -> Undisturbed:
    """A job of two, which are published one after the other."""
    return undisturbed(_story(new_lake(), BOTH))


def test_the_run_is_worthkilling(two: Undisturbed) -> None:
    """On paper: each count that a row can end in is there, and both tables are published."""
    ends = ("inserted", "updated", "unchanged", "superseded", "duplicates", "quarantined")
    counted = {name: [each[end] for end in ends] for name, each in two.outcome["datasets"].items()}
    assert counted == {"readings": [1, 1, 1, 1, 1, 1], "places": [1, 1, 0, 0, 0, 1]}
    assert [file["status"] for file in two.outcome["files"]] == ["accepted", "accepted", "rejected"]
    assert {"publish readings", "publish places"} <= set(two.steps)
    assert len(two.steps) == len(set(two.steps))


def test_killed_before_every_step_up_to_the_cleaned_rows(one: Undisturbed) -> None:
    killed_on_and_on(one, one.steps[: one.steps.index("conformed") + 1])


def test_killed_before_any_later_step(one: Undisturbed) -> None:
    wrong = {}
    for step in one.steps[one.steps.index("conformed") + 1 :]:
        run_id = one.story.reset()
        with pytest.raises(Killed):
            one.story.run(run_id, at=killing(step))
        report = one.story.run(run_id, attempt=2)
        outcome = one.story.outcome(run_id, report)
        if outcome != one.outcome:
            wrong[step] = outcome
    assert wrong == {}


def test_killed_before_every_later_step_of_two_datasets(two: Undisturbed) -> None:
    """Also from between the two tables' publishing."""
    killed_on_and_on(two, two.steps[two.steps.index("conformed") + 1 :])


@pytest.fixture(params=["between two commits", "after publishing", "before the report"])
def _killed_within(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Kills within a step, at its most delicate place."""
    if request.param == "between two commits":
        # The branch has the updated rows, and the inserted are still to come.
        monkeypatch.setattr(iceberg, "_append", dying())
    elif request.param == "after publishing":
        monkeypatch.setattr(iceberg, "fast_forward", dying(after=iceberg.fast_forward))
    else:
        monkeypatch.setattr(objects, "write", dying(only="report.json", otherwise=objects.write))
    yield


@pytest.mark.usefixtures("_killed_within")
def test_killed_within_a_step(one: Undisturbed, monkeypatch: pytest.MonkeyPatch) -> None:
    run_id = one.story.reset()
    with pytest.raises(Killed):
        one.story.run(run_id)
    monkeypatch.undo()
    report = one.story.run(run_id, attempt=2)
    assert one.story.outcome(run_id, report) == one.outcome
