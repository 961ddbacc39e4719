"""Athena: named queries can be deleted."""

from __future__ import annotations

import json
from typing import Any

from moto.athena.responses import AthenaResponse

from .mending import adds_to


@adds_to(AthenaResponse)
def delete_named_query(self: Any) -> str:
    self.athena_backend.named_queries.pop(self._get_param("NamedQueryId"), None)
    return json.dumps({})
