"""The clock and the ids of the machine."""

import secrets
from datetime import UTC, datetime

_FIRST = "abcdefghijklmnopqrstuvwxyz"
_REST = "abcdefghijklmnopqrstuvwxyz234567"


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class RandomIds:
    """Ids of about 99 random bits. They can name a table, a blob folder and a queue."""

    def new(self) -> str:
        return secrets.choice(_FIRST) + "".join(secrets.choice(_REST) for _ in range(19))
