"""Files that the function `validate` has looked at before: both say the same, word for word. Without Spark.

The cases are the function's too: packages/steps/src/validate/verdict.test.ts.
"""

import base64
import hashlib
import json
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest
from penstock_runtime.arrival import arrival
from penstock_runtime.contract import Profile
from penstock_runtime.intake import matched
from penstock_runtime.manifest import InputFile

SHARED = json.loads(Path(__file__).with_name("arrival_cases.json").read_text())
PROFILES = [
    Profile(
        name=each["name"],
        header=each["header"],
        sql={},
        multiline=each["multiline"],
        folder=each["folder"],
    )
    for each in SHARED["profiles"]
]


@pytest.mark.parametrize("case", SHARED["cases"], ids=lambda case: case["name"])
def test_the_verdict_is_the_functions(case: dict[str, Any], tmp_path: Path) -> None:
    data = base64.b64decode(case["base64"]) if "base64" in case else case["text"].encode()
    path = tmp_path / Path(case["path"]).name
    path.write_bytes(data)
    file = InputFile(
        key=SHARED["prefix"] + case["path"],
        url=path.as_uri(),
        hash="sha256:" + hashlib.sha256(data).hexdigest(),
        size=len(data),
        modified=datetime(2026, 1, 1, tzinfo=timezone.utc),
        path=case["path"],
    )
    _, _, found = matched(arrival(file), PROFILES, (tmp_path / "copy").as_uri())
    assert (found.status, found.profile, found.reason) == (case["status"], case["profile"], case["reason"])
