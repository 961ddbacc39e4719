"""What a target of EventBridge is given: the event, a part of it, a constant, or a template filled in.

https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
"""

from __future__ import annotations

import json
import re
from typing import Any

_MISSING = object()


def input_of(target: dict[str, Any], event: dict[str, Any], rule: Any) -> str:
    if target.get("Input") is not None:
        return str(target["Input"])
    if target.get("InputPath") is not None:
        return json.dumps(_at(target["InputPath"], event))
    transformer = target.get("InputTransformer")
    if transformer is None:
        return json.dumps(event)
    values = {name: _at(path, event) for name, path in (transformer.get("InputPathsMap") or {}).items()}
    values |= {
        "aws.events.event": event,
        "aws.events.event.json": event,
        "aws.events.event.ingestion-time": event["time"],
        "aws.events.rule-arn": rule.arn,
        "aws.events.rule-name": rule.name,
    }
    return _filled(transformer["InputTemplate"], values)


def _filled(template: str, values: dict[str, Any]) -> str:
    """Inside quotes a value is put in as text; outside it is JSON of its own, text with quotes around it."""
    filled, quoted, at = "", False, 0
    whole_is_json = template.lstrip().startswith(("{", "["))
    while at < len(template):
        variable = re.compile(r"<([\w.-]+)>").match(template, at)
        if variable and variable[1] in values:
            value = values[variable[1]]
            if value is _MISSING:
                raise ValueError(f"the event has nothing at <{variable[1]}>")
            text = value if isinstance(value, str) else json.dumps(value)
            if quoted:
                filled += json.dumps(text)[1:-1]
            else:
                filled += json.dumps(value) if whole_is_json else text
            at = variable.end()
            continue
        if template[at] == "\\" and quoted:
            filled += template[at : at + 2]
            at += 2
            continue
        quoted ^= template[at] == '"'
        filled += template[at]
        at += 1
    json.loads(filled)  # a target's input is JSON, also where it is one string
    return filled


def _at(path: str, event: dict[str, Any]) -> Any:
    """EventBridge's paths: names joined by dots, and places in a list."""
    if not re.fullmatch(r"\$(\.[\w-]+|\[\d+\])*", path):
        raise ValueError(f"not a path that EventBridge knows: {path}")
    found: Any = event
    for name, place in re.findall(r"\.([\w-]+)|\[(\d+)\]", path):
        try:
            found = found[int(place)] if place else found[name]
        except (KeyError, IndexError, TypeError):
            return _MISSING
    return found
