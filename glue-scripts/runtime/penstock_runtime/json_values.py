"""JSON values with nothing lost: numbers as they were written, and names given twice that differ."""

import json
from typing import Any

NOT_JSON = "not JSON"
"""Why a text is no record."""


class _Number(str):
    """Its text, so that no digit is lost; written without quotes where it is nested."""


class Fields(dict[str, Any]):
    """An object."""

    twice: frozenset[str] = frozenset()
    """Names that it gives more than once, with values that differ; the last is there."""


def _fields(pairs: list[tuple[str, Any]]) -> Fields:
    fields = Fields(pairs)
    if len(fields) < len(pairs):
        fields.twice = frozenset(name for name, value in pairs if not _alike(value, fields[name]))
    return fields


def _alike(one: Any, other: Any) -> bool:
    """A number is no text, though both are kept as text."""
    return type(one) is type(other) and bool(one == other)


def _decoder(strict: bool) -> json.JSONDecoder:
    return json.JSONDecoder(
        strict=strict,
        parse_float=_Number,
        parse_int=_Number,
        parse_constant=_Number,
        object_pairs_hook=_fields,
    )


STRICT = _decoder(strict=True)
# Takes control characters within a string, which cost their record only: its end is known.
LENIENT = _decoder(strict=False)


def text_of_value(value: Any) -> str:
    if isinstance(value, str):
        return str(value)
    return "" if value is None else _json(value)


def _json(value: Any) -> str:
    if isinstance(value, _Number):
        return str(value)
    if isinstance(value, dict):
        pairs = (f"{json.dumps(name, ensure_ascii=False)}:{_json(each)}" for name, each in value.items())
        return "{" + ",".join(pairs) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(_json, value)) + "]"
    return json.dumps(value, ensure_ascii=False)
