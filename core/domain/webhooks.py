"""Webhooks: a project tells another system what happened, by an HTTP request that is signed."""

from dataclasses import dataclass, field
from datetime import datetime

from core.domain.log import Happened

TEST = "test"
"""What a delivery is for that an owner asks for, to see whether it arrives."""

GONE = 410


@dataclass(frozen=True, slots=True)
class Webhook:
    """Who is told, and of what; no events means of all. `reason` says why it was disabled, if Tagwerk did."""

    id: str
    url: str
    secret: str = field(repr=False)
    created_at: datetime
    created_by: str
    events: tuple[Happened, ...] = ()
    enabled: bool = True
    reason: str | None = None

    def wants(self, what: Happened) -> bool:
        """Whether it is told when this happens."""
        return self.enabled and (not self.events or what in self.events)


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message to one webhook, from when it is queued until it is taken or given up.

    Its id sorts before those of earlier deliveries, and is the message's on every attempt. `status` and
    `error` are of the last attempt; `next_at` is None once there will be no more.
    """

    id: str
    webhook: str
    event: str
    at: datetime
    body: str
    attempts: int = 0
    status: int | None = None
    error: str | None = None
    next_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """What a receiver answered: a status, or the error that kept it from answering."""

    status: int | None = None
    error: str | None = None

    @property
    def taken(self) -> bool:
        """Whether the receiver took the message: any 2xx."""
        return self.status is not None and 200 <= self.status < 300
