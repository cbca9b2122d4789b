"""When a storage service is asked again that was busy, or did not answer, and when that is given up."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

FIRST_SPAN_SECONDS = 0.2
LONGEST_SPAN_SECONDS = 10.0
"""The wait is drawn from a span that doubles from the first to the longest, so that those who were refused
together do not come back together."""

ASKED_SECONDS_MAX = 30.0
"""A service that asks for more is asked sooner all the same."""

PERSON_SECONDS = 12.0
"""A request that somebody waits for tries again until it is so old, over all it asks of storage."""

BACKGROUND_SECONDS = 120.0
"""Each storage call that nobody waits for is tried again for so long."""

_DOUBLINGS_MAX = 32
_TRANSIENT = {408, 429}
_HOPELESS = {501, 505}


def is_transient(status: int) -> bool:
    """Whether the same request may do better later: busy, overloaded, timed out or failed inside."""
    return status in _TRANSIENT or (status >= 500 and status not in _HOPELESS)


def patience_seconds(left: float | None) -> float:
    """For how long a call is tried again. `left` is how much longer somebody waits, None if nobody does."""
    return BACKGROUND_SECONDS if left is None else left


def silence_seconds(left: float | None) -> float:
    """For how long one attempt may hear nothing: half of the patience, so that there is time for another."""
    return (BACKGROUND_SECONDS if left is None else PERSON_SECONDS) / 2


def wait_seconds(failures: int, asked: float | None, draw: float) -> float:
    """How long to wait after the nth failure: what the service asked for, and a part of the span, which is
    `draw`, from 0 to 1."""
    doublings = min(failures - 1, _DOUBLINGS_MAX)
    span = min(LONGEST_SPAN_SECONDS, FIRST_SPAN_SECONDS * 2.0**doublings)
    return min(asked or 0.0, ASKED_SECONDS_MAX) + draw * span


def asked_seconds(retry_after: str | None, now: datetime) -> float | None:
    """What a Retry-After header asks for, as seconds or as a date, at least 0. None when it says nothing."""
    if not retry_after:
        return None
    try:
        return max(0.0, float(retry_after))
    except ValueError:
        pass
    try:
        until = parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    aware = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (aware - now).total_seconds())
