"""Serving a Host on loopback until a signal asks it to stop."""

import asyncio
import logging
import signal
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from local.host.log_lines import LogLines
from local.host.runtime import Host
from local.ports import require_loopback

GRACE_SECONDS = 5


class Server(uvicorn.Server):
    """uvicorn without its signal handlers: the host stops its listeners at the same time as HTTP."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals alone."""
        yield


def build_server(host: Host, address: str, port: int) -> Server:
    """A server for the host's HTTP functions; raises NotLoopbackError for any address but 127.0.0.1."""
    config = uvicorn.Config(
        host.asgi,
        host=require_loopback(address),
        port=port,
        lifespan="off",
        access_log=False,
        log_config=None,
        proxy_headers=False,
        timeout_keep_alive=75,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    return Server(config)


async def serve(host: Host, address: str, port: int) -> None:
    """Serve until a signal or a crash of the host, then let invocations finish for a few seconds."""
    server = build_server(host, address, port)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    await host.start()
    serving = asyncio.create_task(server.serve())
    reasons = [asyncio.create_task(event.wait()) for event in (stop, host.crashed)]
    await asyncio.wait((serving, *reasons), return_when=asyncio.FIRST_COMPLETED)
    server.should_exit = True
    for reason in reasons:
        reason.cancel()
    await asyncio.gather(serving, host.stop(GRACE_SECONDS))


def log_to_terminal() -> None:
    """Short log lines, with what the app says it is working on."""
    handler = logging.StreamHandler()
    handler.setFormatter(LogLines())
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    for noisy in ("azure", "uvicorn", "httpx"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
