"""Queue functions from handlers of commands, and whatever else Azure calls by a handler of its own."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import TypeVar

import azure.functions as func

from core.domain.commands import Command
from core.domain.measures import GIVEN_UP, QUEUE_SECONDS
from core.domain.telemetry import SpanSort
from core.domain.work import about
from core.formats import commands
from core.ports import Ports
from functions.services import Services
from functions.working import called

C = TypeVar("C", bound=Command)
Handler = Callable[[Ports, C], Awaitable[None]]
QueueFunction = Callable[[func.QueueMessage], Awaitable[None]]


def takes(
    services: Services, expected: type[C], *, given_up: bool = False
) -> Callable[[Handler[C]], QueueFunction]:
    """A decorator: what Azure calls with a message, for what takes the command in it.

    Each is a work of the function's name, in the trace of whoever sent the command. `given_up`: the message
    comes from the poison queue.
    """

    def taken_by(handler: Handler[C]) -> QueueFunction:
        async def function(message: func.QueueMessage) -> None:
            text = message.get_body()
            sent = commands.decode_sent(text)
            async with called(services, SpanSort.MESSAGE, handler.__name__, sent.traceparent):
                command = commands.decode(expected, text)
                about(project=command.project, run=getattr(command, "run", None))
                if given_up:
                    services.telemetry.record(GIVEN_UP, call=handler.__name__)
                elif message.dequeue_count == 1 and message.insertion_time is not None:
                    waited = datetime.now(UTC) - message.insertion_time.replace(tzinfo=UTC)
                    seconds = max(0.0, waited.total_seconds() - sent.delay_seconds)
                    services.telemetry.record(QUEUE_SECONDS, seconds, call=handler.__name__)
                await handler((await services.get()).ports, command)

        function.__name__ = handler.__name__  # no functools.wraps: Azure reads the signature
        return function

    return taken_by
