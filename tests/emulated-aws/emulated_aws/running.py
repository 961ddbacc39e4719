"""Whether what is started really runs: state machines, Glue's jobs and Athena's queries, all of them or none.

POST /moto-api/run {"run": true}: from now on they are really run; or no longer.
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

settings = {"run": False}

_PROGRAMS = Path(__file__).parent.parent


def is_on() -> bool:
    return settings["run"]


def started(program: str, given: object, *, region: str) -> subprocess.Popen[str]:
    """Starts a program of Node's beside this package on what it is given; this server is AWS to it."""
    process = subprocess.Popen(
        [
            os.environ.get("PENSTOCK_NODE") or "node",
            "--disable-warning=ExperimentalWarning",
            str(_PROGRAMS / program),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={
            **os.environ,
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{os.environ['MOTO_PORT']}",
            "AWS_REGION": region,
            "AWS_DEFAULT_REGION": region,
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_EC2_METADATA_DISABLED": "true",
        },
    )
    assert process.stdin is not None
    process.stdin.write(json.dumps(given))
    process.stdin.close()
    process.stdin = None
    return process


def listen() -> None:
    """Takes calls to turn it on and off; once moto's own calls are replaced, which its list of them binds."""
    from moto.moto_api._internal import urls

    urls.url_paths["{0}/moto-api/run"] = _run_or_not


def _run_or_not(request: Any, full_url: str, headers: Any) -> Any:
    settings["run"] = json.loads(request.get_data())["run"]
    return 201, {}, ""
