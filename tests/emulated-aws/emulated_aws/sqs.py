"""SQS: attributes that are set one by one stay, and are read back as they were given."""

from __future__ import annotations

import json
from typing import Any

from moto.sqs.models import Queue

from .mending import replaces

Queue.BASE_ATTRIBUTES = [*Queue.BASE_ATTRIBUTES, "RedriveAllowPolicy"]
setattr(Queue, "redrive_allow_policy", None)  # noqa: B010 (an attribute that moto has not declared)


@replaces(Queue, "_set_attributes")
def _set_attributes(moto: Any, self: Any, attributes: dict[str, Any], now: float | None = None) -> None:
    """moto drops the policy with every call that sets another attribute."""
    policy = getattr(self, "policy", None)
    moto(self, attributes, now)
    if "Policy" not in attributes:
        self.policy = policy


@replaces(Queue, "attributes")
def attributes(moto: Any, self: Any) -> dict[str, Any]:
    read: dict[str, Any] = moto(self)
    read.pop("RedriveAllowPolicy", None)
    if self.redrive_allow_policy:
        read["RedriveAllowPolicy"] = self.redrive_allow_policy
    if self.redrive_policy:
        read["RedrivePolicy"] = json.dumps(self.redrive_policy, separators=(",", ":"))
    return read
