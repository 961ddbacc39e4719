"""Which service a host is, found once: moto lists its own folder and tries its patterns for each request."""

from __future__ import annotations

import functools
from typing import Any

from moto.moto_server.werkzeug_app import DomainDispatcherApplication

from .mending import replaces


@replaces(DomainDispatcherApplication, "get_backend_for_host")
@functools.cache
def get_backend_for_host(moto: Any, self: Any, host: str | None) -> Any:
    return moto(self, host)
