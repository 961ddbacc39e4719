"""API Gateway: stages can be changed; an HTTP API answers by its function, at the host that it has on AWS.

curl -H "Host: ID.execute-api.REGION.amazonaws.com" http://127.0.0.1:5000/path
"""

from __future__ import annotations

import base64
import json
import re
import time
import uuid
from collections.abc import Callable, Iterable
from datetime import datetime, timezone
from typing import Any
from urllib.parse import parse_qsl, unquote

from moto.apigatewayv2.models import Stage, apigatewayv2_backends
from moto.apigatewayv2.responses import ApiGatewayV2Response
from moto.awslambda.utils import get_backend as lambda_backend
from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.utilities.arns import parse_arn
from werkzeug.wrappers import Request, Response

from .mending import adds_to
from .permissions import NotPermittedError, check_policy

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]

_SERVICE = "apigateway.amazonaws.com"
_HOST = re.compile(r"([a-z0-9]+)\.execute-api\.([a-z0-9-]+)\.amazonaws\.com")


@adds_to(ApiGatewayV2Response)
def update_stage(self: Any) -> Any:
    api = self.apigatewayv2_backend.get_api(self.path.split("/")[-3])
    stage = api.get_stage(unquote(self.path.split("/")[-1]))
    changed = Stage(api=api, config=stage.config | json.loads(self.body))
    # tags are no part of it
    changed.tags = stage.tags
    api.stages[stage.name] = changed
    return 200, {}, json.dumps(changed.to_json())


def with_http_apis(application: Application) -> Application:
    """The server, and beside it the hosts of its HTTP APIs."""

    def either(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        host = _HOST.match(environ.get("HTTP_HOST", ""))
        if host is None:
            return application(environ, start_response)
        return _answer(Request(environ), host[1], host[2])(environ, start_response)

    return either


def _answer(request: Request, api_id: str, region: str) -> Response:
    api = apigatewayv2_backends[DEFAULT_ACCOUNT_ID][region].apis.get(api_id)
    route = api and _route(api, request)
    if not api or not route or "$default" not in api.stages:
        return _said(404, "Not Found")
    if route.authorization_type not in (None, "NONE"):
        # whose signature or token it is can't be judged here
        return _said(401 if route.authorization_type == "JWT" else 403, "Forbidden")
    integration = api.integrations[route.target.partition("/")[2]]
    at = parse_arn(integration.integration_uri)
    function = lambda_backend(at.account, at.region).get_function(integration.integration_uri, None)
    key = route.route_key.replace(" /", "/")
    source = f"arn:aws:execute-api:{region}:{DEFAULT_ACCOUNT_ID}:{api_id}/$default/{key}"
    try:
        check_policy(
            {"Statement": function.policy.statements},
            _SERVICE,
            "lambda:InvokeFunction",
            integration.integration_uri,
            {"aws:sourcearn": source, "aws:sourceaccount": DEFAULT_ACCOUNT_ID},
            integration.integration_uri,
        )
    except NotPermittedError:
        return _said(500, "Internal Server Error")
    headers: dict[str, str] = {}
    answer = json.loads(function.invoke(json.dumps(_event(request, api_id, route.route_key)), {}, headers))
    if "x-amz-function-error" in headers:
        return _said(500, "Internal Server Error")
    return _response(answer)


def _route(api: Any, request: Request) -> Any:
    """The route that fits best: one of the method and path, one that begins so, the default."""
    by_key = {route.route_key: route for route in api.routes.values()}
    for key in (f"{request.method} {request.path}", f"{request.method} /{{proxy+}}", "$default"):
        if key in by_key:
            return by_key[key]
    return None


def _event(request: Request, api_id: str, route_key: str) -> dict[str, Any]:
    """https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html"""
    raw = request.query_string.decode()
    query: dict[str, str] = {}
    for name, value in parse_qsl(raw, keep_blank_values=True):
        query[name] = f"{query[name]},{value}" if name in query else value
    body = request.get_data()
    cookies = [f"{name}={value}" for name, value in request.cookies.items()]
    now = time.time()
    # HTTP APIs decode the path, and cut it off at a question mark that comes out
    path = request.path.partition("?")[0]
    return {
        "version": "2.0",
        "routeKey": route_key,
        "rawPath": path,
        "rawQueryString": raw,
        **({"cookies": cookies} if cookies else {}),
        "headers": {name.lower(): value for name, value in request.headers.items() if name != "Cookie"},
        **({"queryStringParameters": query} if query else {}),
        "requestContext": {
            "accountId": "anonymous",
            "apiId": api_id,
            "domainName": request.host,
            "domainPrefix": api_id,
            "http": {
                "method": request.method,
                "path": path,
                "protocol": "HTTP/1.1",
                "sourceIp": request.remote_addr,
                "userAgent": request.headers.get("User-Agent", ""),
            },
            "requestId": str(uuid.uuid4()),
            "routeKey": route_key,
            "stage": "$default",
            "time": datetime.fromtimestamp(now, timezone.utc).strftime("%d/%b/%Y:%H:%M:%S +0000"),
            "timeEpoch": int(now * 1000),
        },
        **({"body": base64.b64encode(body).decode()} if body else {}),
        "isBase64Encoded": bool(body),
    }


def _response(answer: Any) -> Response:
    """A status makes it a response; anything else is the body of one that went well."""
    if not isinstance(answer, dict) or "statusCode" not in answer:
        return Response(json.dumps(answer), 200, content_type="application/json")
    body = answer.get("body") or ""
    content = base64.b64decode(body) if answer.get("isBase64Encoded") else body.encode()
    response = Response(content, int(answer["statusCode"]))
    response.headers.remove("content-type")
    for name, value in (answer.get("headers") or {}).items():
        response.headers[name] = str(value)
    for cookie in answer.get("cookies") or []:
        response.headers.add("set-cookie", cookie)
    return response


def _said(status: int, message: str) -> Response:
    return Response(json.dumps({"message": message}), status, content_type="application/json")
