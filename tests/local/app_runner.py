"""Running the small function apps under apps/ in tests."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx

from local.host.runtime import Host
from local.host.schedule import Clock
from local.host.server import build_server
from local.ports import LOOPBACK, free_ports

APPS = Path(__file__).parent / "apps"


class AppRunner:
    """Loads one of the small function apps under apps/ into a Host, with its own host id."""

    def __init__(self, connection_string: str) -> None:
        self.settings = {
            "AzureWebJobsStorage": connection_string,
            "STORAGE": connection_string,
            "AzureFunctionsWebHost__hostid": uuid.uuid4().hex,
        }

    def load(self, app: str, clock: Clock | None = None, lease: float = 600, **settings: str) -> Host:
        return Host(
            APPS / f"{app}_app", {**self.settings, **settings}, clock=clock, lease=timedelta(seconds=lease)
        )

    @asynccontextmanager
    async def running(self, app: str, **options: Any) -> AsyncIterator[Host]:
        host = self.load(app, **options)
        await host.start()
        try:
            yield host
        finally:
            await host.stop(grace=0.5)

    @asynccontextmanager
    async def calling(self, app: str, **options: Any) -> AsyncIterator[httpx.AsyncClient]:
        """A client of the app's HTTP functions, without a network between."""
        async with self.running(app, **options) as host:
            transport = httpx.ASGITransport(host.asgi)
            async with httpx.AsyncClient(transport=transport, base_url=f"http://{LOOPBACK}") as client:
                yield client

    @asynccontextmanager
    async def serving(self, app: str, **options: Any) -> AsyncIterator[httpx.AsyncClient]:
        """A client of the app's HTTP functions, served on a port."""
        async with self.running(app, **options) as host:
            port = free_ports(1)
            server = build_server(host, LOOPBACK, port)
            task = asyncio.create_task(server.serve())
            await eventually(lambda: server.started)
            try:
                async with httpx.AsyncClient(base_url=f"http://{LOOPBACK}:{port}") as client:
                    yield client
            finally:
                server.should_exit = True
                await task


def seen_by(host: Host) -> list[Any]:
    """What the functions of a test app noted in its `seen`."""
    seen: list[Any] = host.functions[0].call.__globals__["seen"]
    return seen


async def eventually(true: Callable[[], object], seconds: float = 10) -> None:
    """Wait until `true()`, or fail."""
    async with asyncio.timeout(seconds):
        while not true():  # noqa: ASYNC110 # what is waited for happens in another process
            await asyncio.sleep(0.02)
