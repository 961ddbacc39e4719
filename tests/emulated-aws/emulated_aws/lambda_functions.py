"""Lambda: Node zips are run, each call in a process of its own; what moto forgets of a function is kept."""

from __future__ import annotations

import base64
import io
import json
import os
import shutil
import subprocess
import tempfile
import threading
import time
import uuid
import zipfile
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from moto.awslambda.models import LambdaBackend, LambdaFunction
from moto.core.utils import unix_time_millis
from moto.sns.models import sns_backends
from moto.sqs.models import sqs_backends
from moto.utilities.arns import parse_arn

from .mending import replaces
from .permissions import check_role

_RUNNER = Path(__file__).parent / "lambda_runner.mjs"
_KEPT = ("DeadLetterConfig", "LoggingConfig", "TracingConfig", "KMSKeyArn", "EphemeralStorage")
_SENDING = {"sqs": "SendMessage", "sns": "Publish"}
_code = Path(tempfile.mkdtemp(prefix="emulated-lambda-"))


def forget_code() -> None:
    """Takes away the unpacked zips, when the server ends."""
    shutil.rmtree(_code, ignore_errors=True)


@replaces(LambdaFunction, "__init__")
def initialise(
    moto: Any, self: Any, account_id: str, spec: dict[str, Any], region: str, version: int | str = 1
) -> None:
    moto(self, account_id, spec, region, version)
    self.kept = {key: spec[key] for key in _KEPT if spec.get(key)}


@replaces(LambdaFunction, "get_configuration")
def get_configuration(moto: Any, self: Any, on_create: bool = False) -> dict[str, Any]:
    """With what moto forgets, and with AWS's default of where the logs go."""
    logging = {"LogFormat": "Text", "LogGroup": self.logs_group_name} | self.kept.get("LoggingConfig", {})
    return {**moto(self, on_create), **self.kept, "LoggingConfig": logging}


@replaces(LambdaFunction, "update_configuration")
def update_configuration(moto: Any, self: Any, updates: dict[str, Any]) -> dict[str, Any]:
    self.kept |= {key: updates[key] for key in _KEPT if updates.get(key)}
    moto(self, updates)
    configuration: dict[str, Any] = self.get_configuration()
    return configuration


@replaces(LambdaBackend, "put_function_event_invoke_config")
def put_function_event_invoke_config(moto: Any, self: Any, function_name: str, config: Any) -> Any:
    """A second one takes the place of the first; moto keeps both, and answers with the first."""
    self.get_function(function_name).event_invoke_config.clear()
    return moto(self, function_name, config)


@replaces(LambdaFunction, "invoke")
def invoke(moto: Any, self: Any, body: Any, request_headers: Any, response_headers: Any) -> str | bytes:
    """Waits for the answer, or starts the function and returns at once, as the caller asks."""
    event = json.loads(body) if body else {}
    headers = {key.lower(): value for key, value in dict(request_headers).items()}
    if headers.get("x-amz-invocation-type", "RequestResponse") == "Event":
        threading.Thread(target=_invoke_later, args=(self, event), daemon=True).start()
        return ""
    answer, failed, logs = _run(self, event)
    response_headers["x-amz-executed-version"] = str(self.version)
    if failed:
        response_headers["x-amz-function-error"] = "Unhandled"
    # AWS gives the last 4 KB of the log
    response_headers["x-amz-log-result"] = base64.b64encode(logs.encode()[-4096:]).decode()
    return answer.encode()


def _invoke_later(function: Any, event: Any) -> None:
    """An event that fails is tried again, then told to the function's on-failure destination or dead letters.

    AWS waits a minute, then two, between the attempts; here they follow each other.
    """
    config = function.event_invoke_config[0].response() if function.event_invoke_config else {}
    attempts = 1 + int(config.get("MaximumRetryAttempts", 2))
    request = str(uuid.uuid4())
    for _ in range(attempts):
        answer, failed, _ = _run(function, event, request)
        if not failed:
            return
    destination = config.get("DestinationConfig", {}).get("OnFailure", {}).get("Destination")
    dead_letters = function.kept.get("DeadLetterConfig", {}).get("TargetArn")
    if destination:
        _tell(function, destination, _failed_invocation(function, request, event, answer, attempts))
    if dead_letters:
        _tell(function, dead_letters, json.dumps(event))


def _failed_invocation(function: Any, request: str, event: Any, answer: str, attempts: int) -> str:
    """https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html"""
    return json.dumps(
        {
            "version": "1.0",
            "timestamp": datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "requestContext": {
                "requestId": request,
                "functionArn": f"{function.function_arn}:{_version(function)}",
                "condition": "RetriesExhausted",
                "approximateInvokeCount": attempts,
            },
            "requestPayload": event,
            "responseContext": {
                "statusCode": 200,
                "executedVersion": _version(function),
                "functionError": "Unhandled",
            },
            "responsePayload": json.loads(answer),
        }
    )


def _tell(function: Any, arn: str, body: str) -> None:
    at = parse_arn(arn)
    check_role(function.role, "lambda.amazonaws.com", f"{at.service}:{_SENDING[at.service]}", arn)
    if at.service == "sqs":
        sqs_backends[at.account][at.region].send_message(at.resource_id, body)
    else:
        sns_backends[at.account][at.region].publish(body, arn=arn)


def _run(function: Any, event: Any, request: str | None = None) -> tuple[str, bool, str]:
    """The function's answer or error as JSON, whether it failed, and what it printed."""
    if not str(function.run_time).startswith("nodejs"):
        raise NotImplementedError(f"the emulated Lambda runs Node.js only, not {function.run_time}")
    request = request or str(uuid.uuid4())
    stream = f"{datetime.now(timezone.utc):%Y/%m/%d}/[{_version(function)}]{uuid.uuid4().hex}"
    environment = _environment(function, stream)
    arguments = {
        "requestId": request,
        "arn": function.function_arn,
        "deadline": time.time() * 1000 + function.timeout * 1000,
    }
    read, write = os.pipe()
    started = time.monotonic()
    process = subprocess.Popen(
        [os.environ.get("PENSTOCK_NODE") or "node", str(_RUNNER), str(write), json.dumps(arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd=environment["LAMBDA_TASK_ROOT"],
        env=environment,
        pass_fds=(write,),
    )
    os.close(write)
    answers: list[str] = []
    reader = threading.Thread(target=lambda: answers.append(os.fdopen(read).read()))
    reader.start()
    try:
        printed = process.communicate(json.dumps(event).encode(), timeout=function.timeout)[0].decode()
        timed_out = False
    except subprocess.TimeoutExpired:
        process.kill()
        printed = process.communicate()[0].decode()
        timed_out = True
    reader.join()
    answer, failed = _outcome(answers[0], request, process.returncode, timed_out, function.timeout)
    milliseconds = (time.monotonic() - started) * 1000
    log = [
        f"START RequestId: {request} Version: {_version(function)}",
        *printed.splitlines(),
        *([_timed_out(request, function.timeout)] if timed_out else []),
        f"END RequestId: {request}",
        f"REPORT RequestId: {request}\tDuration: {milliseconds:.2f} ms"
        f"\tMemory Size: {function.memory_size} MB",
    ]
    _write_log(function, stream, log)
    return answer, failed, "\n".join(log) + "\n"


def _outcome(written: str, request: str, code: int, timed_out: bool, timeout: int) -> tuple[str, bool]:
    if timed_out:
        error = {"errorType": "Sandbox.Timedout", "errorMessage": _timed_out(request, timeout)}
        return json.dumps(error), True
    if not written:
        message = f"RequestId: {request} Error: Runtime exited with error: exit status {code}"
        return json.dumps({"errorType": "Runtime.ExitError", "errorMessage": message}), True
    outcome = json.loads(written)
    return json.dumps(outcome["value"]), bool(outcome["failed"])


def _timed_out(request: str, timeout: int) -> str:
    return f"RequestId: {request} Error: Task timed out after {timeout:.2f} seconds"


def _environment(function: Any, stream: str) -> dict[str, str]:
    """What Lambda sets, what the function was given, and where AWS is: here."""
    given = {name: str(value) for name, value in (function.environment_vars or {}).items()}
    return {
        "PATH": os.environ["PATH"],
        "TZ": ":UTC",
        "LANG": "en_US.UTF-8",
        "_HANDLER": function.handler,
        "AWS_EXECUTION_ENV": f"AWS_Lambda_{function.run_time}",
        "AWS_LAMBDA_FUNCTION_NAME": function.function_name,
        "AWS_LAMBDA_FUNCTION_VERSION": _version(function),
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(function.memory_size),
        "AWS_LAMBDA_LOG_GROUP_NAME": _log_group(function),
        "AWS_LAMBDA_LOG_STREAM_NAME": stream,
        "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
        "LAMBDA_TASK_ROOT": str(_unpacked(function)),
        "AWS_REGION": function.region,
        "AWS_DEFAULT_REGION": function.region,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_SESSION_TOKEN": "test",
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{os.environ['MOTO_PORT']}",
        **given,
    }


def _unpacked(function: Any) -> Path:
    folder: Path = _code / function.code_digest.replace(":", "-")
    if not folder.is_dir():
        fresh = Path(tempfile.mkdtemp(dir=_code))
        zipfile.ZipFile(io.BytesIO(function.code_bytes)).extractall(fresh)
        try:
            fresh.rename(folder)
        except OSError:  # another call was first
            shutil.rmtree(fresh)
    return folder


def _write_log(function: Any, stream: str, lines: list[str]) -> None:
    group = _log_group(function)
    function.logs_backend.ensure_log_group(group)
    function.logs_backend.create_log_stream(group, stream)
    now = int(unix_time_millis())
    events = [{"timestamp": now, "message": f"{line}\n"} for line in lines]
    function.logs_backend.put_log_events(group, stream, events)


def _log_group(function: Any) -> str:
    return str(function.kept.get("LoggingConfig", {}).get("LogGroup") or function.logs_group_name)


def _version(function: Any) -> str:
    return str(function.version)
