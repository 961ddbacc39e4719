"""What the emulation has not is refused at once and by name, in a way that no client tries again."""

from __future__ import annotations

import json
import sys
import traceback
from typing import Any

from flask import Flask, Response, request
from moto.moto_server.werkzeug_app import create_backend_app
from werkzeug.exceptions import HTTPException


def application_of(service: Any) -> Flask:
    """moto's application of one service, with its own failures told as AWS tells errors.

    By itself moto answers 500, which the AWS SDKs take for a passing trouble and try again for minutes.
    """
    application: Flask = create_backend_app(service)
    application.register_error_handler(Exception, _refused)
    return application


def _refused(error: Exception) -> Any:
    if isinstance(error, HTTPException):
        return error
    name = "NotImplemented" if isinstance(error, NotImplementedError) else "EmulationFailed"
    message = f"the emulated AWS failed: {type(error).__name__}: {error}"
    print(f"{request.method} {request.path}: {message}", file=sys.stderr)
    if name == "EmulationFailed":
        traceback.print_exception(error)
    sys.stderr.flush()
    if "json" in (request.content_type or ""):
        body = json.dumps({"__type": name, "message": message})
        return Response(body, 501, {"content-type": "application/json", "x-amzn-errortype": name})
    escaped = message.replace("&", "&amp;").replace("<", "&lt;")
    fault = f"<Error><Type>Sender</Type><Code>{name}</Code><Message>{escaped}</Message></Error>"
    s3 = _service() == "s3"
    xml = fault if s3 else f"<ErrorResponse>{fault}<RequestId>emulated</RequestId></ErrorResponse>"
    return Response(xml, 501, {"content-type": "application/xml"})


def _service() -> str:
    """The service that the request is signed for."""
    scope = request.headers.get("Authorization", "").partition("Credential=")[2].split("/")
    return scope[3] if len(scope) > 3 else ""
