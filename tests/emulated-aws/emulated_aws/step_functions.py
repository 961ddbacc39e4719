"""Step Functions: validation, versions; executions that are run when asked for."""

from __future__ import annotations

import copy
import functools
import json
import logging
import types
import uuid
from datetime import timezone
from typing import Any

from moto.core.config import default_user_config
from moto.core.responses import ActionResult
from moto.stepfunctions import responses
from moto.stepfunctions.models import StateMachine, StepFunctionBackend
from moto.stepfunctions.parser.api import HistoryEventType, TaskFailedEventDetails
from moto.stepfunctions.parser.asl.component import eval_component
from moto.stepfunctions.parser.asl.component.common.error_name.failure_event import (
    FailureEvent,
    FailureEventException,
)
from moto.stepfunctions.parser.asl.component.common.error_name.states_error_name import StatesErrorName
from moto.stepfunctions.parser.asl.component.common.error_name.states_error_name_type import (
    StatesErrorNameType,
)
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service import (
    state_task_service_glue,
    state_task_service_unsupported,
)
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service.resource import ResourceCondition
from moto.stepfunctions.parser.asl.eval.event.event_detail import EventDetails
from moto.stepfunctions.parser.asl.utils.boto_client import boto_client_for
from moto.stepfunctions.parser.models import StepFunctionsParserBackend
from moto.stepfunctions.responses import StepFunctionResponse

from .mending import adds_to, replaces
from .running import is_on

# Machines are kept where moto can run them; whether it does is decided when they are started.
default_user_config["stepfunctions"]["execute_state_machine"] = True


@adds_to(StepFunctionResponse)
def validate_state_machine_definition(self: Any) -> ActionResult:
    """Terraform's plan asks for it. AWS reads the whole language; here: the states, and where they lead."""
    diagnostics = [
        {"severity": "ERROR", "code": code, "message": message}
        for code, message in _faults(self._get_param("definition"))
    ]
    return ActionResult(
        {"result": "FAIL" if diagnostics else "OK", "diagnostics": diagnostics, "truncated": False}
    )


@adds_to(StepFunctionResponse)
def list_state_machine_versions(self: Any) -> ActionResult:
    """The newest first, as AWS lists them."""
    machine = self.stepfunction_backend.describe_state_machine(self._get_param("stateMachineArn"))
    versions = [
        {"stateMachineVersionArn": version.arn, "creationDate": version.creation_date}
        for _, version in sorted(machine.versions.items(), reverse=True)
    ]
    return ActionResult({"stateMachineVersions": versions})


@adds_to(StepFunctionResponse)
def delete_state_machine_version(self: Any) -> ActionResult:
    source, _, number = self._get_param("stateMachineVersionArn").rpartition(":")
    machine = self.stepfunction_backend.describe_state_machine(source)
    machine.versions.pop(int(number), None)
    return ActionResult({})


@adds_to(StateMachine, "__deepcopy__")
def copied(self: Any, memo: dict[int, Any]) -> Any:
    """A running execution copies its machine; with other executions it would copy their locks, and fail."""
    machine = copy.copy(self)
    machine.executions = []
    return machine


@replaces(StepFunctionsParserBackend, "start_execution")
def start_execution(
    moto: Any, self: Any, state_machine_arn: str, name: str | None, *args: Any, **given: Any
) -> Any:
    """An execution that is given no name gets one of its own; moto calls every one that it runs None."""
    called = name or str(uuid.uuid4())
    if is_on():
        return moto(self, state_machine_arn, called, *args, **given)
    execution = StepFunctionBackend.start_execution(self, state_machine_arn, called, *args, **given)
    # as of one that runs, so that a list can hold both
    execution.start_date = execution.start_date.replace(tzinfo=timezone.utc)
    return execution


@replaces(StepFunctionsParserBackend, "get_execution_history")
def get_execution_history(moto: Any, self: Any, execution_arn: str) -> Any:
    """One that is not run has gone through no state."""
    is_run = hasattr(self.describe_execution(execution_arn), "to_history_output")
    return moto(self, execution_arn) if is_run else {"events": []}


# It tells every test of what is not there as an error; what fails, its execution says itself.
logging.getLogger(eval_component.__name__).setLevel(logging.CRITICAL)


# moto's waiting for a job's end fails without a place that only a wait for a token would make.
state_task_service_glue._SUPPORTED_INTEGRATION_PATTERNS.add(ResourceCondition.WaitForTaskToken)  # type: ignore[arg-type]

# moto waits for no query of Athena's.
state_task_service_unsupported._SUPPORTED_INTEGRATION_PATTERNS.add(ResourceCondition.Sync)  # type: ignore[arg-type]


@replaces(state_task_service_unsupported.StateTaskServiceUnsupported, "_log_unsupported_warning")
def log_unsupported_warning(moto: Any, self: Any) -> None:
    if self._get_boto_service_name() != "athena":
        moto(self)


@replaces(state_task_service_unsupported.StateTaskServiceUnsupported, "_build_sync_resolver")
def build_sync_resolver(moto: Any, self: Any, env: Any, **given: Any) -> Any:
    if self._get_boto_service_name() != "athena":
        return moto(self, env=env, **given)
    region, credentials = given["resource_runtime_part"].region, given["state_credentials"]
    athena = boto_client_for(service="athena", region=region, state_credentials=credentials)
    asked = env.stack.pop()["QueryExecutionId"]

    def over() -> dict[str, Any] | None:
        query = athena.get_query_execution(QueryExecutionId=asked)["QueryExecution"]
        state = query["Status"]["State"]
        if state == "FAILED":
            raise _failed(self, env, json.dumps({"QueryExecution": query}, default=str))
        return {"QueryExecution": query} if state == "SUCCEEDED" else None

    return over


def _failed(task: Any, env: Any, cause: str) -> FailureEventException:
    details = TaskFailedEventDetails(
        resource=task._get_sfn_resource(),
        resourceType=task._get_sfn_resource_type(),
        error=StatesErrorNameType.StatesTaskFailed.to_name(),
        cause=cause,
    )
    return FailureEventException(
        FailureEvent(
            env=env,
            error_name=StatesErrorName(typ=StatesErrorNameType.StatesTaskFailed),
            event_type=HistoryEventType.TaskFailed,
            event_details=EventDetails(taskFailedEventDetails=details),  # type: ignore[typeddict-item]
        )
    )


# Answers of other services, inside an execution's output, may hold times.
vars(responses)["json"] = types.SimpleNamespace(
    dumps=functools.partial(json.dumps, default=str), loads=json.loads
)


def _faults(definition: str) -> list[tuple[str, str]]:
    try:
        machine = json.loads(definition)
    except ValueError as error:
        return [("INVALID_JSON_DESCRIPTION", str(error))]
    states = machine.get("States") if isinstance(machine, dict) else None
    if not isinstance(states, dict) or not states:
        return [("SCHEMA_VALIDATION_FAILED", "Field 'States' is required and must hold a state")]
    known = set(states)
    faults = []
    if machine.get("StartAt") not in known:
        faults.append(("MISSING_TRANSITION_TARGET", f"StartAt names no state: {machine.get('StartAt')}"))
    for name, state in states.items():
        following = [state.get("Next"), state.get("Default")]
        following += [choice.get("Next") for choice in state.get("Choices", []) + state.get("Catch", [])]
        faults += [
            ("MISSING_TRANSITION_TARGET", f"{name} goes to a state that is not there: {target}")
            for target in following
            if target is not None and target not in known
        ]
    return faults
