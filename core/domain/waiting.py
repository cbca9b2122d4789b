"""Somebody waits for this call of the app, and not for ever: so that what is tried again is given up in time.

It follows the call into the tasks that it starts. Where nobody waits (queues, timers) there is no limit here.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_until: ContextVar[float | None] = ContextVar("until", default=None)


@contextmanager
def waiting(seconds: float) -> Iterator[None]:
    """Somebody waits so long from now, until the end of the block."""
    token = _until.set(time.monotonic() + seconds)
    try:
        yield
    finally:
        _until.reset(token)


def seconds_left() -> float | None:
    """How much longer somebody waits, at least 0; None where nobody does."""
    until = _until.get()
    return None if until is None else max(0.0, until - time.monotonic())
