"""EventBridge: events reach state machines and functions; what can't be delivered is a dead letter."""

from __future__ import annotations

import json
import time
import uuid
from datetime import datetime, timezone
from typing import Any

from moto.awslambda.utils import get_backend as lambda_backend
from moto.core.resource_tagging import TaggedResource
from moto.events.exceptions import ValidationException
from moto.events.models import EventsBackend, Rule, events_backends
from moto.logs.models import logs_backends
from moto.sns.models import sns_backends
from moto.sqs.models import sqs_backends
from moto.stepfunctions.responses import get_backend as step_functions_backend
from moto.utilities.arns import parse_arn

from .event_input import input_of
from .mending import replaces
from .permissions import check_policy, check_queue, check_role

Event = dict[str, Any]

_SERVICE = "events.amazonaws.com"


def publish(account: str, region: str, event: Any) -> None:
    """Gives an AWS service's own event to the default bus."""
    for rule in list(events_backends[account][region].event_buses["default"].rules.values()):
        rule.send_to_targets(event)


@replaces(Rule, "send_to_targets")
def send_to_targets(moto: Any, self: Any, original_event: Event, transform_input: bool = True) -> None:
    """Instead of moto's: that one knows queues, logs and buses only, another shape, and no disabled rules."""
    event = {key: value for key, value in original_event.items() if key != "ingestion-time"}
    if isinstance(event["time"], (int, float)):
        event["time"] = datetime.fromtimestamp(event["time"], timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    if self.state != "ENABLED" or (self.scheduled_expression and not self.event_pattern.dump()):
        return
    if not self.event_pattern.matches_event(event):
        return
    for target in list(self.targets):
        try:
            _deliver(self, target, input_of(target, event, self))
        except Exception as error:  # whatever is wrong with a target, the sender does not hear of it
            _dead_letter(self, target, event, error)


def _deliver(rule: Any, target: dict[str, Any], body: str) -> None:
    arn = parse_arn(target["Arn"])
    match arn.service:
        case "states":
            check_role(target["RoleArn"], _SERVICE, "states:StartExecution", target["Arn"])
            step_functions_backend(arn.account, arn.region).start_execution(
                target["Arn"], str(uuid.uuid4()), body
            )
        case "lambda":
            function = lambda_backend(arn.account, arn.region).get_function(target["Arn"], None)
            check_policy(
                {"Statement": function.policy.statements},
                _SERVICE,
                "lambda:InvokeFunction",
                target["Arn"],
                {"aws:sourcearn": rule.arn, "aws:sourceaccount": rule.account_id},
                target["Arn"],
            )
            function.invoke(body, {"x-amz-invocation-type": "Event"}, {})
        case "sqs":
            group = target.get("SqsParameters", {}).get("MessageGroupId")
            queues = sqs_backends[arn.account][arn.region]
            check_queue(queues.get_queue(arn.resource_id), _SERVICE, rule.arn)
            queues.send_message(arn.resource_id, body, group_id=group)
        case "sns":
            sns_backends[arn.account][arn.region].publish(body, arn=target["Arn"])
        case "logs":
            backend = logs_backends[arn.account][arn.region]
            group, stream = arn.resource_id.removesuffix(":*"), f"{time.time_ns():x}"
            backend.create_log_stream(group, stream)
            backend.put_log_events(group, stream, [{"timestamp": int(time.time() * 1000), "message": body}])
        case "events":
            bus = events_backends[arn.account][arn.region].event_buses[arn.resource_id]
            for rule in list(bus.rules.values()):
                rule.send_to_targets(json.loads(body))
        case _:
            raise NotImplementedError(f"the emulated EventBridge has no targets of {arn.service}")


def _dead_letter(rule: Rule, target: dict[str, Any], event: Event, error: Exception) -> None:
    """The event as it came, the reason in the message's attributes, as AWS sends it."""
    queue = target.get("DeadLetterConfig", {}).get("Arn")
    told = {
        "RULE_ARN": rule.arn,
        "TARGET_ARN": target["Arn"],
        "ERROR_CODE": getattr(error, "error_type", None) or type(error).__name__,
        "ERROR_MESSAGE": str(error) or type(error).__name__,
    }
    if queue is None:
        print(f"An event was dropped: {json.dumps(told)}", flush=True)
        return
    arn = parse_arn(queue)
    try:
        check_queue(sqs_backends[arn.account][arn.region].get_queue(arn.resource_id), _SERVICE, rule.arn)
    except Exception as refusal:
        print(f"An event was dropped: {json.dumps(told)}; {refusal}", flush=True)
        return
    attributes = {
        key: {"DataType": "String", "StringValue": value, "data_type": "String", "string_value": value}
        for key, value in told.items()
    }
    sqs_backends[arn.account][arn.region].send_message(
        arn.resource_id, json.dumps(event), message_attributes=attributes
    )


@replaces(EventsBackend, "put_targets")
def put_targets(
    moto: Any, self: Any, name: str, event_bus_arn: str | None, targets: list[dict[str, Any]]
) -> None:
    """Of these services EventBridge needs a role; AWS refuses a target without one."""
    for target in targets:
        if parse_arn(target["Arn"]).service == "states" and not target.get("RoleArn"):
            raise ValidationException(f"RoleArn is required for target {target['Arn']}.")
    moto(self, name, event_bus_arn, targets)


@replaces(EventsBackend, "iter_tagged_resources")
def iter_tagged_resources(moto: Any, self: Any) -> Any:
    """Rules have tags too."""
    yield from moto(self)
    for bus in self.event_buses.values():
        for rule in bus.rules.values():
            tags = self.tagger.get_tag_dict_for_resource(rule.arn)
            yield TaggedResource(arn=rule.arn, tags=tags, resource_type="events:rule")
