"""How often a message to a webhook is tried, and when it is given up."""

from dataclasses import replace
from datetime import datetime, timedelta

from core.domain.webhooks import Delivery, Reply

RETRY_AFTER_SECONDS = (10, 60, 5 * 60, 30 * 60, 2 * 60 * 60, 8 * 60 * 60)
"""How long after each attempt that failed the next one is made; after the last of them there is none."""


def attempted(delivery: Delivery, reply: Reply, now: datetime) -> Delivery:
    """The delivery after one more attempt."""
    made = delivery.attempts
    again = not reply.taken and made < len(RETRY_AFTER_SECONDS)
    return replace(
        delivery,
        attempts=made + 1,
        status=reply.status,
        error=reply.error,
        next_at=now + timedelta(seconds=RETRY_AFTER_SECONDS[made]) if again else None,
    )


def given_up(delivery: Delivery, error: str) -> Delivery:
    """The delivery when there will be no more attempts."""
    return replace(delivery, error=error, next_at=None)
