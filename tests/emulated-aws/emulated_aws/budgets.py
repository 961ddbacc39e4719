"""Budgets: who is told, and tags."""

from __future__ import annotations

import json
from typing import Any

from moto.budgets.models import BudgetsBackend
from moto.budgets.responses import BudgetsResponse

from .mending import adds_to, replaces


@adds_to(BudgetsResponse)
def describe_subscribers_for_notification(self: Any) -> str:
    budget = self.backend.budgets[self._get_param("AccountId")][self._get_param("BudgetName")]
    wanted = self._get_param("Notification")
    subscribers = [
        notification.subscribers
        for notification in budget.notifications
        if all(
            notification.details.get(key) == wanted.get(key)
            for key in ("NotificationType", "ComparisonOperator", "Threshold")
        )
    ]
    return json.dumps({"Subscribers": subscribers[0] if subscribers else []})


@replaces(BudgetsResponse, "create_budget")
def create_budget(moto: Any, self: Any) -> Any:
    answer = moto(self)
    _tags(self.backend)[_arn(self, self._get_param("Budget")["BudgetName"])] = {
        tag["Key"]: tag["Value"] for tag in self._get_param("ResourceTags") or []
    }
    return answer


@replaces(BudgetsResponse, "delete_budget")
def delete_budget(moto: Any, self: Any) -> Any:
    answer = moto(self)
    _tags(self.backend).pop(_arn(self, self._get_param("BudgetName")), None)
    return answer


@adds_to(BudgetsResponse)
def list_tags_for_resource(self: Any) -> str:
    tags = _tags(self.backend).get(self._get_param("ResourceARN"), {})
    return json.dumps({"ResourceTags": [{"Key": key, "Value": value} for key, value in tags.items()]})


@adds_to(BudgetsResponse)
def tag_resource(self: Any) -> str:
    given = {tag["Key"]: tag["Value"] for tag in self._get_param("ResourceTags") or []}
    _tags(self.backend).setdefault(self._get_param("ResourceARN"), {}).update(given)
    return json.dumps({})


@adds_to(BudgetsResponse)
def untag_resource(self: Any) -> str:
    tags = _tags(self.backend).get(self._get_param("ResourceARN"), {})
    for key in self._get_param("ResourceTagKeys") or []:
        tags.pop(key, None)
    return json.dumps({})


def _tags(backend: BudgetsBackend) -> dict[str, dict[str, str]]:
    tags: dict[str, dict[str, str]] = backend.__dict__.setdefault("tags_by_arn", {})
    return tags


def _arn(response: Any, name: str) -> str:
    return f"arn:{response.partition}:budgets::{response._get_param('AccountId')}:budget/{name}"
