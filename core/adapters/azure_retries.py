"""How every call to Azure Storage is made: again when it fails for a moment, and not for ever.

The three SDKs each retry in a way of their own, wait too long, and do not look into a transaction. So their
retries are off (`NO_RETRIES`), and this transport below them does it for all. What fails in the end is
Unavailable. A request may be carried out although its reply is lost, and then comes a second time: whoever
writes has to be ready for that.
"""

import asyncio
import logging
import math
import random
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from azure.core.exceptions import AzureError, IncompleteReadError, ServiceRequestError, ServiceResponseError
from azure.core.pipeline.transport import AioHttpTransport

from core.adapters.storage_meters import Count, meter_of, uncounted
from core.domain.errors import Unavailable
from core.domain.retrying import asked_seconds, is_transient, patience_seconds, silence_seconds, wait_seconds
from core.domain.waiting import seconds_left

NO_RETRIES = 0
CONNECT_SECONDS = 4.0
ATTEMPT_SILENCES = 2
"""An attempt takes twice as long as silence may at most, with its wait for a connection. Only reading a blob
may take longer, as long as it goes on."""

_NO_REPLY = (ServiceRequestError, ServiceResponseError, IncompleteReadError)
_BLOCK_BYTES = 256 * 1024
_TRANSACTION = "/$batch"
_SUCCESSES = range(200, 300)
_INNER_STATUS = re.compile(rb"^HTTP/1\.[01] (\d{3})", re.MULTILINE)

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Failure:
    """An attempt that came to nothing: why, in words, and how long the service wants to be left alone."""

    reason: str
    status: int | None = None
    asked: float | None = None
    error: AzureError | None = None


class RetryingTransport(AioHttpTransport):  # type: ignore[misc]  # exported on demand, so without its type
    """HTTP to a service. `service` is what it is called in logs and errors: blob, queue, table or identity.

    `count` is told of each attempt that is billed, by its meter in Usage.
    """

    def __init__(
        self, service: str, now: Callable[[], float] = time.monotonic, count: Count = uncounted
    ) -> None:
        super().__init__(connection_data_block_size=_BLOCK_BYTES)
        self._service = service
        self._now = now
        self._count = count

    async def send(self, request: Any, *, stream: bool = False, **config: Any) -> Any:
        """The response, with its body in memory when it is a success. Raises Unavailable."""
        left = seconds_left()
        until = self._now() + patience_seconds(left)
        silence = silence_seconds(left)
        config |= {"connection_timeout": CONNECT_SECONDS, "read_timeout": silence}
        large = stream and self._service == "blob"
        failures = 0
        while True:
            try:
                async with asyncio.timeout(None if large else ATTEMPT_SILENCES * silence):
                    outcome = await self._attempt(request, stream, config)
            except TimeoutError:
                outcome = _Failure("does not answer in time")
            if not isinstance(outcome, _Failure):
                return outcome
            failures += 1
            wait = wait_seconds(failures, outcome.asked, random.random())  # noqa: S311  jitter
            told = {"service": self._service, "status": outcome.status, "failures": failures, "wait": wait}
            if self._now() + wait >= until or not _repeatable(request):
                _log.warning("storage given up: %s %s", self._service, outcome.reason, extra=told)
                raise self._unavailable(request, outcome, wait) from outcome.error
            _log.warning("storage retried: %s %s", self._service, outcome.reason, extra=told)
            await self.sleep(wait)

    async def _attempt(self, request: Any, stream: bool, config: dict[str, Any]) -> Any:
        meter = meter_of(self._service, request.method, request.url)
        if meter is not None:
            self._count(meter)
        try:
            response = await super().send(request, stream=stream, **config)
            status = response.status_code
            if stream and (status in _SUCCESSES or is_transient(status)):
                await response.read()
        except _NO_REPLY as error:
            return _Failure(f"does not answer ({_kind(error)})", error=error)
        if status in _SUCCESSES and _TRANSACTION in request.url:
            status = _inner_status(response.content)
        if not is_transient(status):
            return response
        asked = asked_seconds(response.headers.get("Retry-After"), datetime.now(UTC))
        return _Failure(f"is busy ({status})", status, asked)

    def _unavailable(self, request: Any, failure: _Failure, wait: float) -> Unavailable:
        host = urlsplit(request.url).netloc
        detail = f"The {self._service} service at {host} {failure.reason}. Try again in a moment."
        return Unavailable(detail, max(1, math.ceil(wait)))


def _repeatable(request: Any) -> bool:
    return request.data is None or isinstance(request.data, bytes | str)


def _inner_status(body: bytes) -> int:
    """What became of a transaction: the status of its first part, which is its only one when it failed."""
    found = _INNER_STATUS.search(body)
    return int(found[1]) if found else 0


def _kind(error: AzureError) -> str:
    """The type of what went wrong. Its text may have an address in it."""
    return type(error.inner_exception or error).__name__
