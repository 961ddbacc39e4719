"""CloudWatch: composite alarms."""

from __future__ import annotations

from typing import Any

from moto.cloudwatch.responses import CloudWatchResponse

from .mending import adds_to


@adds_to(CloudWatchResponse)
def put_composite_alarm(self: Any) -> Any:
    """moto's alarms know a rule, but not the call that sets one."""
    return self.put_metric_alarm()
