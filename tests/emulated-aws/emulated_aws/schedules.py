"""EventBridge Scheduler: no time passes here, so that a schedule is due when a test says so.

POST /moto-api/scheduler/due
{"region": "eu-west-1", "group": "…", "name": "…", "time": "2026-11-28T21:05:00Z"}
"""

from __future__ import annotations

import json
import uuid
from typing import Any

from moto.awslambda.utils import get_backend as lambda_backend
from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.moto_api._internal import urls
from moto.scheduler.models import scheduler_backends
from moto.stepfunctions.responses import get_backend as step_functions_backend
from moto.utilities.arns import parse_arn

from .permissions import NotPermittedError, check_role

_SERVICE = "scheduler.amazonaws.com"


def schedule_is_due(request: Any, full_url: str, headers: Any) -> Any:
    """Starts the schedule's target as its role, and answers once it is started; 403 when it may not be."""
    asked = json.loads(request.get_data())
    groups = scheduler_backends[DEFAULT_ACCOUNT_ID][asked["region"]].schedule_groups
    schedule = groups[asked["group"]].schedules[asked["name"]]
    try:
        _start(schedule.target, _filled(schedule, asked["time"]))
    except NotPermittedError as refusal:
        return 403, {}, json.dumps({"message": str(refusal)})
    return 201, {}, ""


urls.url_paths["{0}/moto-api/scheduler/due"] = schedule_is_due


def _filled(schedule: Any, time: str) -> str:
    """https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html"""
    known = {
        "<aws.scheduler.schedule-arn>": schedule.arn,
        "<aws.scheduler.scheduled-time>": time,
        "<aws.scheduler.execution-id>": uuid.uuid4().hex[:16],
        "<aws.scheduler.attempt-number>": "1",
    }
    text = str(schedule.target.get("Input") or "{}")
    for attribute, value in known.items():
        text = text.replace(attribute, value)
    return text


def _start(target: dict[str, Any], body: str) -> None:
    at = parse_arn(target["Arn"])
    match at.service:
        case "states":
            check_role(target["RoleArn"], _SERVICE, "states:StartExecution", target["Arn"])
            machines = step_functions_backend(at.account, at.region)
            machines.start_execution(target["Arn"], str(uuid.uuid4()), body)
        case "lambda":
            check_role(target["RoleArn"], _SERVICE, "lambda:InvokeFunction", target["Arn"])
            function = lambda_backend(at.account, at.region).get_function(target["Arn"], None)
            function.invoke(body, {"x-amz-invocation-type": "Event"}, {})
        case _:
            raise NotImplementedError(f"the emulated scheduler has no targets of {at.service}")
