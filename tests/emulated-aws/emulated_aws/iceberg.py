"""The first metadata file of an Iceberg table, by the format's specification: https://iceberg.apache.org/spec/"""

from __future__ import annotations

import itertools
import time
import uuid
from collections.abc import Iterator
from typing import Any

_PRIMITIVES = {
    "string": "string",
    "int": "int",
    "bigint": "long",
    "float": "float",
    "double": "double",
    "boolean": "boolean",
    "date": "date",
    "timestamp": "timestamp",
    "timestamptz": "timestamptz",
    "binary": "binary",
}


class UnknownTypeError(ValueError):
    """A Glue type that Iceberg has not: tinyint, smallint, char, varchar."""


def schema_of(columns: list[dict[str, Any]]) -> dict[str, Any]:
    """Glue's columns as an Iceberg schema: all optional, numbered from 1, each before what it holds."""
    ids = itertools.count(1)
    named = [(column["Name"], column["Type"], column.get("Comment")) for column in columns]
    return {"type": "struct", "schema-id": 0, "fields": _fields(named, ids)}


def empty_table(schema: dict[str, Any], location: str, version: int) -> dict[str, Any]:
    metadata: dict[str, Any] = {
        "format-version": version,
        "table-uuid": str(uuid.uuid4()),
        "location": location,
        "last-sequence-number": 0,
        "last-updated-ms": int(time.time() * 1000),
        "last-column-id": max(_ids(schema), default=0),
        "current-schema-id": 0,
        "schemas": [schema],
        "default-spec-id": 0,
        "partition-specs": [{"spec-id": 0, "fields": []}],
        "last-partition-id": 999,
        "default-sort-order-id": 0,
        "sort-orders": [{"order-id": 0, "fields": []}],
        "properties": {},
        "current-snapshot-id": -1,
        "refs": {},
        "snapshots": [],
        "statistics": [],
        "partition-statistics": [],
        "snapshot-log": [],
        "metadata-log": [],
    }
    if version == 1:
        del metadata["last-sequence-number"]
        metadata |= {"schema": schema, "partition-spec": []}
    return metadata


def column_parameters(field: dict[str, Any]) -> dict[str, str]:
    """What Glue shows on the column of an Iceberg table."""
    return {
        "iceberg.field.current": "true",
        "iceberg.field.id": str(field["id"]),
        "iceberg.field.optional": "false" if field["required"] else "true",
    }


def _fields(named: list[tuple[str, str, str | None]], ids: Iterator[int]) -> list[dict[str, Any]]:
    numbered = [(next(ids), *field) for field in named]
    return [
        {"id": id, "name": name, "required": False, "type": _type(kind.strip(), ids)}
        | ({"doc": doc} if doc else {})
        for id, name, kind, doc in numbered
    ]


def _type(kind: str, ids: Iterator[int]) -> Any:
    name, _, rest = kind.partition("<")
    if rest:
        parts = _split(rest.removesuffix(">"))
        if name == "array":
            element = next(ids)
            return {
                "type": "list",
                "element-id": element,
                "element": _type(parts[0], ids),
                "element-required": False,
            }
        if name == "map":
            key, value = next(ids), next(ids)
            of = {"key": _type(parts[0], ids), "value": _type(parts[1], ids)}
            return {"type": "map", "key-id": key, "value-id": value, **of, "value-required": False}
        if name == "struct":
            inner = [part.partition(":") for part in parts]
            return {"type": "struct", "fields": _fields([(field, of, None) for field, _, of in inner], ids)}
    lower = kind.lower()
    if lower.startswith("decimal("):
        precision, _, scale = lower.removeprefix("decimal(").removesuffix(")").partition(",")
        return f"decimal({int(precision)}, {int(scale or 0)})"
    if lower not in _PRIMITIVES:
        raise UnknownTypeError(f"Unsupported type in an Iceberg table: {kind}")
    return _PRIMITIVES[lower]


def _split(inner: str) -> list[str]:
    """At the commas that are not inside another type."""
    parts, depth = [""], 0
    for letter in inner:
        depth += (letter in "<(") - (letter in ">)")
        if letter == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += letter
    return [part.strip() for part in parts]


def _ids(node: Any) -> Iterator[int]:
    if isinstance(node, dict):
        yield from (node[key] for key in ("id", "element-id", "key-id", "value-id") if key in node)
        for value in node.values():
            yield from _ids(value)
    elif isinstance(node, list):
        for item in node:
            yield from _ids(item)
