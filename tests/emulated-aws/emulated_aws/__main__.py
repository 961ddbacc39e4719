"""Starts the emulated AWS: python -m emulated_aws; --help lists its options."""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import sys
import threading
import time
from typing import Any

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, MotoRequestHandler
from werkzeug.serving import make_server

from . import (
    athena,
    budgets,
    cloudwatch,
    dispatch,
    events,
    glue,
    glue_jobs,
    http_apis,
    lambda_functions,
    running,
    s3,
    schedules,
    sqs,
    step_functions,
    tagging,
)
from .refusal import application_of

MENDED = (
    athena,
    budgets,
    cloudwatch,
    dispatch,
    events,
    glue,
    glue_jobs,
    http_apis,
    lambda_functions,
    s3,
    schedules,
    sqs,
    step_functions,
    tagging,
)


_HOW_TO_USE = """For Terraform, the AWS CLI and the SDKs, in another terminal:

  export AWS_ENDPOINT_URL=http://127.0.0.1:{port} AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test

Everything is kept in memory, and gone when this ends (Ctrl-C)."""


class Handler(MotoRequestHandler):
    """Says nothing of calls that went well, nor of those that AWS would refuse too."""

    def log_request(self, code: Any = "-", size: Any = "-") -> None:
        if str(code).startswith("5"):
            super().log_request(code, size)


def main() -> None:
    options = _options()
    if options.with_parent is not None:
        _end_with_parent(options.with_parent)
    running.settings["run"] = options.run
    running.listen()
    application = http_apis.with_http_apis(DomainDispatcherApplication(application_of))
    server = make_server("127.0.0.1", options.port, application, threaded=True, request_handler=Handler)
    # where moto, and the functions that run here, find the server
    os.environ["MOTO_PORT"] = str(server.server_port)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    print(f"AWS is emulated at http://127.0.0.1:{server.server_port}", flush=True)
    if options.with_parent is None:
        print(_HOW_TO_USE.format(port=server.server_port), flush=True)
    try:
        with contextlib.suppress(KeyboardInterrupt):
            server.serve_forever()
    finally:
        lambda_functions.forget_code()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m emulated_aws",
        description="An AWS account on this machine, in memory: nothing is kept when it ends.",
    )
    parser.add_argument("--port", type=int, default=5000, help="0: one that is free (default: 5000)")
    parser.add_argument(
        "--run",
        action="store_true",
        help="really run what is started: state machines, and Glue's jobs and Athena's queries on this"
        " machine's engines; without it an execution stays RUNNING, a job succeeds at once, and a query finds"
        " nothing",
    )
    parser.add_argument(
        "--with-parent", type=int, metavar="PID", help="end when the process that started it is gone"
    )
    return parser.parse_args()


def _end_with_parent(parent: int) -> None:
    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.2)
        lambda_functions.forget_code()
        os._exit(0)

    threading.Thread(target=watch, daemon=True).start()


if __name__ == "__main__":
    main()
