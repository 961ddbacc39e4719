"""Glue: Iceberg tables with their metadata file, optimistic commits, data-quality rulesets, connections."""

from __future__ import annotations

import json
import time
import uuid
from typing import Any

from moto.core.exceptions import JsonRESTError
from moto.core.responses import ActionResult
from moto.glue.exceptions import EntityNotFoundException
from moto.glue.models import FakeConnection, FakeTable, GlueBackend
from moto.glue.responses import GlueResponse
from moto.s3.models import s3_backends

from . import iceberg
from .mending import adds_to, replaces

# What the Iceberg commit sets, and AWS lets nobody else set at creation.
_RESERVED = ("table_type", "metadata_location", "previous_metadata_location")


@replaces(GlueBackend, "create_table")
def create_table(
    moto: Any,
    self: Any,
    database_name: str,
    table_name: str,
    table_input: dict[str, Any],
    open_table_format_input: dict[str, Any] | None = None,
) -> Any:
    """AWS writes the first metadata file of an Iceberg table; moto only marks the table as one."""
    wanted = (open_table_format_input or {}).get("IcebergInput")
    if wanted is None:
        return moto(self, database_name, table_name, table_input)
    if wanted.get("MetadataOperation") != "CREATE":
        raise _invalid("IcebergInput: MetadataOperation must be CREATE")
    if "CreateIcebergTableInput" in wanted:
        raise _invalid("the emulated Glue knows no CreateIcebergTableInput; give a TableInput")
    if table_input.get("PartitionKeys"):
        raise _invalid("Cannot create partitions in an iceberg table")
    reserved = [name for name in _RESERVED if name in (table_input.get("Parameters") or {})]
    if reserved:
        raise _invalid(
            f"Cannot use reserved parameters {', '.join(reserved)} while creating an iceberg table"
        )
    descriptor = table_input.get("StorageDescriptor") or {}
    location = (descriptor.get("Location") or "").rstrip("/")
    if not location.startswith("s3://"):
        raise _invalid(f"an Iceberg table needs a location in S3, not {location!r}")
    if wanted.get("Version", "2") not in ("1", "2"):
        raise _invalid(f"unsupported version of Iceberg: {wanted['Version']}")
    try:
        schema = iceberg.schema_of(descriptor.get("Columns") or [])
    except iceberg.UnknownTypeError as error:
        raise _invalid(str(error)) from None
    metadata = iceberg.empty_table(schema, location, int(wanted.get("Version", "2")))
    file = f"{location}/metadata/00000-{uuid.uuid4()}.metadata.json"

    table = moto(self, database_name, table_name, table_input)
    bucket, _, key = file.removeprefix("s3://").partition("/")
    s3_backends[self.account_id][self.partition].put_object(bucket, key, json.dumps(metadata).encode())
    for column, field in zip(descriptor["Columns"], schema["fields"], strict=True):
        column["Parameters"] = iceberg.column_parameters(field)
    table_input.setdefault("Parameters", {}).update(table_type="ICEBERG", metadata_location=file)
    return table


@replaces(GlueResponse, "update_table")
def update_table(moto: Any, self: Any) -> Any:
    """Iceberg's commits name the version they start from; AWS refuses a base that is no longer the newest."""
    expected = self.parameters.get("VersionId")
    if expected is not None:
        name = self.parameters["TableInput"]["Name"]
        table: FakeTable = self.glue_backend.get_table(self.parameters["DatabaseName"], name)
        if str(table._current_version) != str(expected):
            raise JsonRESTError(
                "ConcurrentModificationException",
                f"Update table failed due to concurrent modifications: {name}",
            )
    return moto(self)


def _invalid(message: str) -> JsonRESTError:
    return JsonRESTError("InvalidInputException", message)


# AWS forgets the tags of what is deleted; moto keeps them, and the Tagging API would list them.
def _forget_tags_on(call: str, kind: str) -> None:
    @replaces(GlueBackend, call)
    def delete(moto: Any, self: Any, name: str, *args: Any, **kwargs: Any) -> Any:
        answer = moto(self, name, *args, **kwargs)
        self.tagger.delete_all_tags_for_resource(_arn(self, kind, name))
        return answer


for _call, _kind in (
    ("delete_database", "database"),
    ("delete_job", "job"),
    ("delete_crawler", "crawler"),
    ("delete_trigger", "trigger"),
):
    _forget_tags_on(_call, _kind)


def _arn(backend: GlueBackend, kind: str, name: str) -> str:
    return f"arn:{backend.partition}:glue:{backend.region_name}:{backend.account_id}:{kind}/{name}"


@adds_to(GlueResponse)
def create_data_quality_ruleset(self: Any) -> ActionResult:
    name = self._get_param("Name")
    rulesets = _rulesets(self.glue_backend)
    if name in rulesets:
        raise JsonRESTError("AlreadyExistsException", f"Ruleset {name} already exists")
    now = time.time()
    given = {key: self._get_param(key) for key in ("Description", "Ruleset", "TargetTable")}
    rulesets[name] = {"Name": name, **given, "CreatedOn": now, "LastModifiedOn": now}
    tags = self._get_param("Tags")
    if tags:
        self.glue_backend.tag_resource(_arn(self.glue_backend, "dataQualityRuleset", name), tags)
    return ActionResult({"Name": name})


@adds_to(GlueResponse)
def get_data_quality_ruleset(self: Any) -> ActionResult:
    ruleset = _ruleset(self.glue_backend, self._get_param("Name"))
    return ActionResult({key: value for key, value in ruleset.items() if value is not None})


@adds_to(GlueResponse)
def update_data_quality_ruleset(self: Any) -> ActionResult:
    ruleset = _ruleset(self.glue_backend, self._get_param("Name"))
    given = {key: self._get_param(key) for key in ("Description", "Ruleset")}
    ruleset.update({key: value for key, value in given.items() if value is not None})
    ruleset["LastModifiedOn"] = time.time()
    return ActionResult({key: ruleset[key] for key in ("Name", "Description", "Ruleset")})


@adds_to(GlueResponse)
def delete_data_quality_ruleset(self: Any) -> ActionResult:
    name = self._get_param("Name")
    _ruleset(self.glue_backend, name)
    del _rulesets(self.glue_backend)[name]
    self.glue_backend.tagger.delete_all_tags_for_resource(_arn(self.glue_backend, "dataQualityRuleset", name))
    return ActionResult({})


def _rulesets(backend: GlueBackend) -> dict[str, dict[str, Any]]:
    rulesets: dict[str, dict[str, Any]] = backend.__dict__.setdefault("data_quality_rulesets", {})
    return rulesets


def _ruleset(backend: GlueBackend, name: str) -> dict[str, Any]:
    if name not in _rulesets(backend):
        raise EntityNotFoundException(f"Data Quality Ruleset {name} not found")
    return _rulesets(backend)[name]


@adds_to(GlueResponse)
def delete_connection(self: Any) -> ActionResult:
    name = self._get_param("ConnectionName")
    if self.glue_backend.connections.pop(name, None) is None:
        raise EntityNotFoundException(f"Connection {name} not found")
    self.glue_backend.tagger.delete_all_tags_for_resource(_arn(self.glue_backend, "connection", name))
    return ActionResult({})


@replaces(FakeConnection, "as_dict")
def connection_as_dict(moto: Any, self: Any, hide_password: bool = False) -> dict[str, Any]:
    """moto forgets the type."""
    return {**moto(self, hide_password), "ConnectionType": self.connection_input.get("ConnectionType")}
