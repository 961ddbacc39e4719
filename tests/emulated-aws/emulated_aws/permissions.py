"""Whether a service may do what it is asked to: by a role, by the policy of a queue, a function or a key.

Terraform can't know it and moto doesn't ask; on AWS an event that is not permitted is silently lost.
"""

from __future__ import annotations

import fnmatch
import json
from typing import Any

from moto.iam.models import iam_backends
from moto.kms.models import kms_backends
from moto.utilities.arns import parse_arn


class NotPermittedError(Exception):
    error_type = "NO_PERMISSIONS"


Context = dict[str, str]

_AWS_OWN_KEY = "alias/aws/sqs"


def check_role(arn: str, service: str, action: str, resource: str) -> None:
    """@raises NotPermittedError unless the service may take the role, and the role may do it"""
    at = parse_arn(arn)
    role = iam_backends[at.account]["aws"].get_role_by_arn(arn)
    check_policy(role.assume_role_policy_document, service, "sts:AssumeRole", None, {}, arn)
    documents = [*role.policies.values(), *(_in_force(policy) for policy in role.managed_policies.values())]
    statements = [statement for document in documents for statement in _statements(document)]
    if not _allowed(statements, None, action, resource, {}):
        raise NotPermittedError(f"{arn} may not {action} on {resource}")


def check_queue(queue: Any, service: str, source: str) -> None:
    """@raises NotPermittedError unless the queue's policy, and that of its key, let the service in"""
    context = {"aws:sourcearn": source, "aws:sourceaccount": queue.account_id}
    check_policy(queue.policy, service, "sqs:SendMessage", queue.queue_arn, context, queue.queue_arn)
    key = getattr(queue, "kms_master_key_id", None)
    if not key or key == _AWS_OWN_KEY:
        return
    backend = kms_backends[queue.account_id][queue.region]
    policy = backend.keys[backend.any_id_to_key_id(key)].policy
    for action in ("kms:GenerateDataKey", "kms:Decrypt"):
        check_policy(policy, service, action, None, context, key)


def check_policy(
    document: Any, service: str, action: str, resource: str | None, context: Context, whose: str
) -> None:
    """@raises NotPermittedError unless a resource's own policy lets the service do it"""
    if not _allowed(_statements(document), service, action, resource, context):
        raise NotPermittedError(f"the policy of {whose} does not let {service} {action}")


def _statements(document: Any) -> list[dict[str, Any]]:
    policy = json.loads(document) if isinstance(document, str) else document or {}
    return _listed(policy.get("Statement", []))


def _allowed(
    statements: list[dict[str, Any]], service: str | None, action: str, resource: str | None, context: Context
) -> bool:
    """What can't be judged here counts for the request: an Allow's unknown condition is met, a Deny's not."""
    about = [each for each in statements if _is_about(each, service, action, resource)]
    denied = any(each["Effect"] == "Deny" and _met(each, context) is True for each in about)
    return not denied and any(
        each["Effect"] == "Allow" and _met(each, context) is not False for each in about
    )


def _is_about(statement: dict[str, Any], service: str | None, action: str, resource: str | None) -> bool:
    if service is not None:
        principal = statement.get("Principal")
        services = principal.get("Service", []) if isinstance(principal, dict) else principal
        if principal != "*" and service not in _listed(services):
            return False
    actions = [pattern.lower() for pattern in _listed(statement.get("Action", []))]
    if not any(fnmatch.fnmatchcase(action.lower(), pattern) for pattern in actions):
        return False
    resources = _listed(statement.get("Resource", "*"))
    return resource is None or any(fnmatch.fnmatchcase(resource, pattern) for pattern in resources)


def _met(statement: dict[str, Any], context: Context) -> bool | None:
    """Whether the conditions are met; None where one is not known here."""
    outcomes: list[bool | None] = []
    for operator, wanted in statement.get("Condition", {}).items():
        for key, values in wanted.items():
            if key.lower() == "aws:securetransport":
                outcomes.append("true" in [str(value).lower() for value in _listed(values)])
            elif (
                operator in ("ArnEquals", "ArnLike", "StringEquals", "StringLike") and key.lower() in context
            ):
                found = context[key.lower()]
                outcomes.append(any(fnmatch.fnmatchcase(found, value) for value in _listed(values)))
            else:
                outcomes.append(None)
    return False if False in outcomes else None if None in outcomes else True


def _in_force(policy: Any) -> str:
    return next(str(version.document) for version in policy.versions if version.is_default)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
