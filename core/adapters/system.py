"""The clock and the ids of the machine."""

import secrets
from base64 import b32encode
from datetime import UTC, datetime

_LENGTH = 20


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class RandomIds:
    """Ids of 95 random bits. They can name a table, a blob folder and a queue."""

    def new(self) -> str:
        return "t" + b32encode(secrets.token_bytes(_LENGTH)).decode().lower()[: _LENGTH - 1]
