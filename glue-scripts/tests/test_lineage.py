"""The run's OpenLineage events, when there is no writing them."""

import json

import pytest
from lake import Lake, csv


def test_an_event_that_is_not_written_does_not_hide_what_failed_the_run(
    lake: Lake, capsys: pytest.CaptureFixture[str]
) -> None:
    run_id = lake.next_run_id()

    def at(step: str) -> None:
        if step == "survey":
            events = lake.folder / "runs" / "small" / run_id / "lineage.ndjson"
            events.unlink()
            events.mkdir()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        lake.run(lake.put("a.csv", csv("a,solid,1,,1,")), run_id=run_id, at=at)
    logged = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert logged[-1] == {
        "run_id": run_id,
        "step": "lineage",
        "event": "failed",
        "error": "IsADirectoryError",
    }
