"""Messages to webhooks after the Standard Webhooks specification 1.0.0 (standardwebhooks.com)."""

import hmac
import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256

from core.domain.log import Detail

SECRET_BYTES = 32
Data = Mapping[str, Detail | Mapping[str, Detail]]

_PREFIX = "whsec_"


def format_secret(key: bytes) -> str:
    """A signing key as receivers are shown it."""
    return _PREFIX + b64encode(key).decode()


def format_message(event: str, at: datetime, data: Data) -> str:
    """The body: what happened, when (ISO 8601), and more about it."""
    message = {"type": event, "timestamp": at.isoformat(), "data": data}
    return json.dumps(message, ensure_ascii=False, separators=(",", ":"))


def format_headers(secret: str, message_id: str, now: datetime, body: str) -> Mapping[str, str]:
    """The headers of an attempt made `now`: the signature covers the id, the time and the body."""
    timestamp = str(int(now.timestamp()))
    key = b64decode(secret.removeprefix(_PREFIX))
    signature = hmac.digest(key, f"{message_id}.{timestamp}.{body}".encode(), sha256)
    return {
        "content-type": "application/json",
        "user-agent": "Tagwerk",
        "webhook-id": message_id,
        "webhook-timestamp": timestamp,
        "webhook-signature": f"v1,{b64encode(signature).decode()}",
    }
