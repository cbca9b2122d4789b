"""How many storage calls an operation costs, counted where the SDK hands them to the network."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from azure.core.pipeline.transport import AioHttpTransport


@dataclass(slots=True)
class Calls:
    """Calls so far."""

    count: int = 0


@contextmanager
def counted_calls() -> Iterator[Calls]:
    """Count the calls that this process makes meanwhile, retries and failures included."""
    calls = Calls()
    send = AioHttpTransport.send

    async def counting(self: AioHttpTransport, request: Any, **options: Any) -> Any:
        calls.count += 1
        return await send(self, request, **options)

    AioHttpTransport.send = counting  # the one place that all clients share
    try:
        yield calls
    finally:
        AioHttpTransport.send = send
