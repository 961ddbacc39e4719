"""S3: policies as a client over TLS meets them, puts on a condition, events as EventBridge gets them."""

from __future__ import annotations

import fnmatch
import itertools
import json
import threading
import time
import uuid
from datetime import datetime, timezone
from typing import Any

from moto.iam.access_control import IAMPolicyStatement, PermissionResult
from moto.s3 import notifications
from moto.s3.models import FakeBucket, FakeDeleteMarker
from moto.s3.responses import S3Response
from moto.s3.utils import _VersionedKeyStore

from . import events
from .mending import adds_to, replaces


@replaces(IAMPolicyStatement, "is_action_permitted")
def is_action_permitted(moto: Any, self: Any, *args: Any, **kwargs: Any) -> Any:
    """moto reads no conditions, so that a deny of plain HTTP would deny everything.

    Here the client counts as one over TLS that meets the conditions: a deny under a condition does not apply.
    """
    if self._statement.get("Effect") == "Deny" and self._statement.get("Condition"):
        return PermissionResult.NEUTRAL
    return moto(self, *args, **kwargs)


@replaces(FakeBucket, "_log_permissions_enabled_policy")
def log_permissions_enabled_policy(moto: Any, target_bucket: Any, target_prefix: str | None) -> bool:
    """Instead of moto's, which fails on a statement for everybody, such as the deny of plain HTTP."""
    statements = json.loads(target_bucket.policy)["Statement"] if target_bucket.policy else []
    delivered = f"{target_bucket.arn}/{target_prefix or ''}any"
    return any(
        statement["Effect"] == "Allow"
        and "logging.s3.amazonaws.com" in _listed(_services(statement.get("Principal")))
        and "s3:PutObject" in _listed(statement["Action"])
        and any(fnmatch.fnmatchcase(delivered, pattern) for pattern in _listed(statement["Resource"]))
        for statement in statements
    )


def _services(principal: Any) -> Any:
    return principal.get("Service", []) if isinstance(principal, dict) else []


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


@adds_to(FakeDeleteMarker)
def dispose(self: Any, garbage: bool = False) -> None:
    """moto disposes of the last version of an object as of its content; a delete marker has none."""


@replaces(_VersionedKeyStore, "iterlists")
def iterlists(_: Any, self: Any) -> Any:
    """The versions of each key as they are now.

    moto looks them up one by one, and finds nothing where another request deletes meanwhile, as Terraform
    does when it destroys many objects at once.
    """
    return iter(dict(self).items())


_putting = threading.Lock()


@replaces(S3Response, "put_object")
def put_object(moto: Any, self: Any) -> Any:
    """Of two puts that both want to be the first, one must lose: moto looks and writes in two steps."""
    if not (self.headers.get("If-None-Match") or self.headers.get("If-Match")):
        return moto(self)
    with _putting:
        return moto(self)


@replaces(S3Response, "get_bucket_notification")
def get_bucket_notification(moto: Any, self: Any) -> Any:
    """moto leaves out an element without content, and with it that EventBridge is told."""
    status, headers, body = moto(self)
    configuration = self.backend.get_bucket_notification_configuration(self.bucket_name)
    if configuration is not None and configuration.event_bridge is not None:
        text = body.decode() if isinstance(body, bytes) else body
        namespace = "http://s3.amazonaws.com/doc/2006-03-01/"
        inside = text.partition("<NotificationConfiguration")[2].partition(">")[2]
        inside = inside.removesuffix("</NotificationConfiguration>")
        body = (
            f'<NotificationConfiguration xmlns="{namespace}">{inside}<EventBridgeConfiguration/>'
            "</NotificationConfiguration>"
        )
    return status, headers, body


_sequence = itertools.count(time.time_ns())

_REASONS = {
    "Put": "PutObject",
    "Post": "POST Object",
    "Copy": "CopyObject",
    "CompleteMultipartUpload": "CompleteMultipartUpload",
    "Delete": "DeleteObject",
    "DeleteMarkerCreated": "DeleteObject",
}


@replaces(notifications, "_send_event_bridge_message")
def send_event_bridge_message(moto: Any, account_id: str, bucket: Any, event_name: str, key: Any) -> None:
    """AWS's shape, where moto's has other names and constants; and to the default bus alone.

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html
    """
    if "ObjectCreated" not in event_name and "ObjectRemoved" not in event_name:
        return
    what = str(getattr(event_name, "value", event_name)).rsplit(":", 1)[-1]
    created = "ObjectCreated" in event_name
    object: dict[str, Any] = {"key": key.name}
    if created:
        object |= {"size": key.size, "etag": key.etag.strip('"')}
    if bucket.is_versioned and getattr(key, "version_id", None) is not None:
        object["version-id"] = key.version_id
    object["sequencer"] = f"{next(_sequence):018X}"
    detail = {
        "version": "0",
        "bucket": {"name": bucket.name},
        "object": object,
        "request-id": uuid.uuid4().hex[:16].upper(),
        "requester": account_id,
        "source-ip-address": "127.0.0.1",
        "reason": _REASONS.get(what, what),
    }
    if not created:
        marker = what == "DeleteMarkerCreated"
        detail["deletion-type"] = "Delete Marker Created" if marker else "Permanently Deleted"
    events.publish(
        account_id,
        bucket.region_name,
        {
            "version": "0",
            "id": str(uuid.uuid4()),
            "detail-type": "Object Created" if created else "Object Deleted",
            "source": "aws.s3",
            "account": account_id,
            "time": datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "region": bucket.region_name,
            "resources": [bucket.arn],
            "detail": detail,
        },
    )
