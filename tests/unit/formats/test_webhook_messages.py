"""Messages, checked as a receiver checks them."""

import base64
import hashlib
import hmac
import json

from core.formats.webhook_messages import format_headers, format_message, format_secret
from tests.examples import NOON


def test_a_secret_is_base64_behind_a_prefix() -> None:
    assert format_secret(b"\xff\xfe\xfd") == "whsec_//79"


def test_a_message_is_compact_json() -> None:
    body = format_message("export_finished", NOON, {"project": "flöwers", "details": {"written": 3}})
    assert " " not in body
    assert json.loads(body) == {
        "type": "export_finished",
        "timestamp": "2026-11-20T12:00:00+00:00",
        "data": {"project": "flöwers", "details": {"written": 3}},
    }


def test_the_signature_covers_the_id_the_time_and_the_body() -> None:
    key = bytes(range(32))
    headers = format_headers(format_secret(key), "msg-1", NOON, '{"ö":1}')
    assert headers["webhook-id"] == "msg-1"
    assert headers["webhook-timestamp"] == "1795176000"
    signed = hmac.new(key, b'msg-1.1795176000.{"\xc3\xb6":1}', hashlib.sha256).digest()
    assert headers["webhook-signature"] == "v1," + base64.b64encode(signed).decode()
