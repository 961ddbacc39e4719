"""Resource Groups Tagging API: also of services that moto leaves out. AWS itself does not list IAM's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from moto.apigatewayv2.models import apigatewayv2_backends
from moto.core.resource_tagging import TaggableResourcesMixin, TaggedResource
from moto.resourcegroupstaggingapi import models
from moto.scheduler.models import scheduler_backends

from .mending import replaces


class ScheduleGroups(TaggableResourcesMixin):
    """EventBridge Scheduler tags groups, not schedules."""

    SERVICE_NAMESPACE = "scheduler"

    def __init__(self, account: str, region: str) -> None:
        self.partition = "aws"
        self._backend = scheduler_backends[account][region]

    def iter_tagged_resources(self) -> Iterator[TaggedResource]:
        for group in self._backend.schedule_groups.values():
            tags = self._backend.tagger.get_tag_dict_for_resource(group.arn)
            yield TaggedResource(arn=group.arn, tags=tags, resource_type="scheduler:schedule-group")


class HttpApis(TaggableResourcesMixin):
    SERVICE_NAMESPACE = "apigateway"

    def __init__(self, account: str, region: str) -> None:
        self.partition = "aws"
        self._backend = apigatewayv2_backends[account][region]

    def iter_tagged_resources(self) -> Iterator[TaggedResource]:
        for api in self._backend.apis.values():
            tags = self._backend.tagger.get_tag_dict_for_resource(api.arn)
            yield TaggedResource(arn=api.arn, tags=tags, resource_type="apigateway:apis")
            for stage in api.stages.values():
                arn = f"{api.arn}/stages/{stage.name}"
                yield TaggedResource(arn=arn, tags=stage.tags, resource_type="apigateway:stages")


@replaces(models, "iter_taggable_backends")
def iter_taggable_backends(moto: Any, account_id: str, region_name: str) -> Iterator[TaggableResourcesMixin]:
    yield from moto(account_id, region_name)
    yield ScheduleGroups(account_id, region_name)
    yield HttpApis(account_id, region_name)
