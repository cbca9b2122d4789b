"""What the functions share: adapters that are connected on first use, once, whoever asks first."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from core.domain.telemetry import Telemetry
from core.domain.work import Work
from core.ports import Ports, TokenVerifier
from core.settings import Settings

Check = Callable[[], Awaitable[None]]
Ended = Callable[[Work, float], Awaitable[None]]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Connected:
    """Ports that are ready. `checks` raise when a part that is named so does not answer. `ended` is told of
    every call of the app that has ended, and how many seconds it took, before the host hears of it."""

    settings: Settings
    ports: Ports
    tokens: TokenVerifier
    checks: Mapping[str, Check]
    ended: Sequence[Ended] = ()


class Services:
    """Connects on first use. A failure is not remembered: the next request tries again."""

    def __init__(self, connect: Callable[[], Awaitable[Connected]], telemetry: Telemetry) -> None:
        self.telemetry = telemetry
        self._connect = connect
        self._connected: Connected | None = None
        self._lock = asyncio.Lock()

    async def get(self) -> Connected:
        """The connected adapters. Raises SettingsError, and whatever the services raise."""
        if self._connected is None:
            async with self._lock:
                if self._connected is None:
                    self._connected = await self._connect()
        return self._connected

    async def ended(self, work: Work, seconds: float) -> None:
        """Tell whoever wants to know that a call has ended. What goes wrong with that is logged, no more."""
        for told in self._connected.ended if self._connected else ():
            try:
                await told(work, seconds)
            except Exception:  # the call itself went as it went
                _log.exception("The end of %s could not be noted.", work.name)
