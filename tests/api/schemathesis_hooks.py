"""What the OpenAPI document cannot say of a request that it allows.

A schema speaks of one parameter at a time. That `end` does not come before `start`, that a time is given
under one of its two names, and that a cursor is one that the API has given, is said in words only:
schemathesis makes up requests that are valid by the document and refused with 400. They are put right here,
so that every other valid request is still held to be answered. Requests that are meant to be invalid stay
as they are.
"""

from __future__ import annotations

from datetime import datetime, timezone

import schemathesis
from schemathesis import Case, HookContext

ALIASES = {"start": "start_date", "end": "end_date"}


@schemathesis.hook
def map_case(context: HookContext, case: Case) -> Case:
    if case.meta is None or not case.meta.generation.mode.is_positive or not case.query:
        return case
    query = {name: value for name, value in case.query.items() if name != "cursor"}
    for name, alias in ALIASES.items():
        if name in query:
            query.pop(alias, None)
    start = next((name for name in ("start", "start_date") if name in query), None)
    end = next((name for name in ("end", "end_date") if name in query), None)
    if start and end and instant(query[start]) > instant(query[end]):
        query[start], query[end] = query[end], query[start]
    case.query = query
    return case


def instant(text: str) -> datetime:
    """A day or an instant, to compare."""
    read = datetime.fromisoformat(text.upper().replace("Z", "+00:00"))
    return read if read.tzinfo else read.replace(tzinfo=timezone.utc)
