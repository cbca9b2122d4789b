"""Calls to Azure ML's SDK, which blocks: in threads of their own, with an end, and errors in our words.

The SDK tries again by itself, and waits as long as the service asks it to (Retry-After), be it an hour. A
function that waits with it is paid for nothing, and killed in the end. So a call has a minute.
"""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar
from typing import Any, TypeVar

from azure.core.pipeline import PipelineRequest, PipelineResponse
from azure.core.pipeline.policies import RetryPolicy, SansIOHTTPPolicy

from core.adapters.azure_ml_errors import translated
from core.domain import waiting
from core.domain.errors import Unavailable

R = TypeVar("R")

PATIENCE_SECONDS = 60.0
"""How long a call may take, retries and all, unless somebody waits for less. What is under way then is waited
for GRACE_SECONDS more."""
GRACE_SECONDS = 45.0

_THREADS = 4  # of their own: a service that stalls must not keep others from the threads of the event loop
_RETRY_SECONDS = 30
_ends: ContextVar[float | None] = ContextVar("ends", default=None)


class Patience(SansIOHTTPPolicy[Any, Any]):
    """For a client's `per_retry_policies`: after a call's end no request begins, nothing is waited for."""

    def on_request(self, request: PipelineRequest[Any]) -> None:
        """Raises Unavailable once the time is up."""
        if seconds_left() <= 0:
            raise Unavailable("Azure ML takes too long to answer.", _RETRY_SECONDS)

    def on_response(self, request: PipelineRequest[Any], response: PipelineResponse[Any, Any]) -> None:
        """Raises Unavailable where the service asks for more patience than there is."""
        status, wait = response.http_response.status_code, RetryPolicy().get_retry_after(response)
        if status >= 400 and wait is not None and wait > seconds_left():
            raise Unavailable(f"Azure ML is busy and asks to be left alone for {wait:.0f} s.", int(wait))


class Calls:
    """Calls of one workspace. Each has `patience` seconds, or as long as somebody waits for it."""

    def __init__(self, patience: float = PATIENCE_SECONDS) -> None:
        self._threads, self._patience = ThreadPoolExecutor(_THREADS, "azure-ml"), patience

    async def call(self, act: Callable[..., R], *args: object) -> R:
        """Have something done in a thread. Raises Invalid, Unavailable, and what else `act` raises."""
        waited = waiting.seconds_left()
        patience = self._patience if waited is None else min(self._patience, waited)
        grace = GRACE_SECONDS if waited is None else 0.0
        ends = time.monotonic() + patience
        running = asyncio.get_running_loop().run_in_executor(self._threads, _until, ends, act, *args)
        try:
            return await asyncio.wait_for(running, patience + grace)
        except TimeoutError as error:
            raise Unavailable("Azure ML does not answer.", _RETRY_SECONDS) from error


def seconds_left() -> float:
    """What the call that this thread is busy with has left; without one, as long as it takes."""
    ends = _ends.get()
    return float("inf") if ends is None else ends - time.monotonic()


def _until(ends: float, act: Callable[..., R], *args: object) -> R:
    token = _ends.set(ends)
    try:
        return translated(act, *args)
    finally:
        _ends.reset(token)
