"""A job that somebody starts by hand stops before it reads or publishes anything, and names the command."""

import json
import re

import pytest
from lake import Lake, csv
from penstock_runtime.arguments import StartedByHandError, parse
from penstock_runtime.run import run
from small_job import SMALL


def test_without_a_run_the_command_is_named() -> None:
    told = (
        "this job was started by hand: without --run_id, --manifest, --lake, --database there is no run to "
        "work on; type: pnpm penstock run small --env dev"
    )
    with pytest.raises(StartedByHandError, match=re.escape(told)):
        run(SMALL, ["--JOB_NAME", "penstock-dev-small", "--enable-metrics", "true"])


@pytest.mark.parametrize(
    ("job_name", "command"),
    [
        ("penstock-local-small", "pnpm penstock run small"),
        ("penstock-my-dev-small", "pnpm penstock run small --env my-dev"),
        ("another-name", "pnpm penstock run small --env <name>"),
        ("", "pnpm penstock run small --env <name>"),
    ],
)
def test_the_command_is_that_of_the_job_s_environment(job_name: str, command: str) -> None:
    with pytest.raises(StartedByHandError, match=f"without --manifest, .*; type: {re.escape(command)}$"):
        parse(["--run_id", "r", "--JOB_NAME", job_name], "small")


def test_a_run_that_is_over_is_not_done_again(lake: Lake) -> None:
    file = lake.put("1.csv", csv("a,solid,1,,1,"))
    lake.run(file)
    run_id = lake._runs[0]
    ended = lake.folder / "runs" / "small" / run_id / "ended.json"
    ended.write_text(json.dumps({"run_id": run_id, "attempt": 1}))
    later = lake.put("1.csv", csv("a,solid,2,,2,"))
    snapshots = lake.snapshots()

    with pytest.raises(
        StartedByHandError, match=f"run {run_id} is over; type: pnpm penstock run small --env"
    ):
        lake.run(later, run_id=run_id)
    assert lake.snapshots() == snapshots
    assert lake.rows("id", "amount") == [("a", 1)]

    # plan-run took it up again
    assert lake.run(file, run_id=run_id, attempt=2)["outcome"] == "published"


def test_the_manifest_of_another_run_is_not_done(lake: Lake) -> None:
    lake.run(lake.put("1.csv", csv("a,solid,1,,1,")))
    manifest = lake.folder / "runs" / "small" / lake._runs[0] / "manifest.json"
    argv = [
        "--run_id",
        "another",
        "--manifest",
        manifest.as_uri(),
        "--lake",
        lake.folder.as_uri(),
        "--database",
        "d",
    ]
    with pytest.raises(
        StartedByHandError, match=f"--manifest is that of run {lake._runs[0]}, --run_id says another"
    ):
        run(SMALL, argv, key=lambda _: b"")
