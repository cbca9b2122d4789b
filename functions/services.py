"""What the functions share: adapters that are connected on first use, once, whoever asks first."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from core.ports import Ports, TokenVerifier
from core.settings import Settings

Check = Callable[[], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Connected:
    """Ports that are ready. `checks` raise when a part that is named so does not answer."""

    settings: Settings
    ports: Ports
    tokens: TokenVerifier
    checks: Mapping[str, Check]


class Services:
    """Connects on first use. A failure is not remembered: the next request tries again."""

    def __init__(self, connect: Callable[[], Awaitable[Connected]]) -> None:
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
