"""Requests to webhooks, by aiohttp. No connection is opened to an address that webhooks may not reach."""

import asyncio
import socket
from collections.abc import Mapping
from functools import partial

import aiohttp
from aiohttp.abc import AbstractResolver

from core.domain.errors import Invalid
from core.domain.receivers import ALLOW, Receiver, Receivers
from core.domain.webhooks import Reply

TIMEOUT_SECONDS = 10.0
"""For the whole of an attempt, the name's resolution included."""


class HttpSender:
    """A WebhookSender. `resolver` tells the addresses of names; by default the system does."""

    def __init__(
        self,
        receivers: Receivers,
        resolver: AbstractResolver | None = None,
        timeout_seconds: float = TIMEOUT_SECONDS,
    ) -> None:
        self._receivers = receivers
        self._resolver = resolver
        self._timeout_seconds = timeout_seconds

    async def check(self, url: str) -> None:
        receiver = self._receivers.read(url)
        try:
            async with asyncio.timeout(self._timeout_seconds):
                addresses = await self._addresses(receiver)
        except (OSError, TimeoutError) as error:
            raise Invalid(f"There is no host '{receiver.host}'.", field="url") from error
        if not all(self._receivers.may_connect(receiver, address) for address in addresses):
            raise Invalid(f"'{receiver.host}' is not on the public internet. {ALLOW}", field="url")

    async def send(self, url: str, headers: Mapping[str, str], body: bytes) -> Reply:
        try:
            receiver = self._receivers.read(url)
        except Invalid as error:  # an operator allows it no more
            return Reply(error=str(error))
        try:
            return Reply(status=await self._post(receiver, url, headers, body))
        except TimeoutError:
            return Reply(error=f"No answer within {self._timeout_seconds:g} seconds.")
        except aiohttp.ClientConnectorDNSError:
            return Reply(error=f"There is no host '{receiver.host}'.")
        except aiohttp.ClientConnectorError as error:
            return Reply(error=f"No connection: {error.os_error.strerror or error.os_error}.")
        except (aiohttp.ClientError, OSError) as error:
            return Reply(error=f"The connection broke ({type(error).__name__}).")

    async def _post(self, receiver: Receiver, url: str, headers: Mapping[str, str], body: bytes) -> int:
        """The status of the answer. Its body is never read, and a redirect is an answer like any other."""
        connector = aiohttp.TCPConnector(
            resolver=self._resolver,
            use_dns_cache=False,
            force_close=True,
            socket_factory=partial(self._open, receiver),
        )
        async with (
            aiohttp.ClientSession(
                connector=connector,
                timeout=aiohttp.ClientTimeout(total=self._timeout_seconds),
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
            ) as session,
            session.post(url, headers=headers, data=body, allow_redirects=False) as response,
        ):
            return response.status

    def _open(self, receiver: Receiver, info: aiohttp.AddrInfoType) -> socket.socket:
        """A socket for one connection, after the last look at where it goes."""
        family, kind, protocol, _, place = info
        if not self._receivers.may_connect(receiver, str(place[0])):
            raise ConnectionRefusedError(None, f"'{receiver.host}' is not on the public internet")
        return socket.socket(family, kind, protocol)

    async def _addresses(self, receiver: Receiver) -> list[str]:
        if receiver.address is not None:
            return [str(receiver.address)]
        resolver = self._resolver or aiohttp.ThreadedResolver()
        found = await resolver.resolve(receiver.host, receiver.port, socket.AF_UNSPEC)
        return [address["host"] for address in found]
