"""A call of the app, from its first moment to its last: what is known of it, its span, and its bill."""

import logging
import time
from collections.abc import AsyncIterator, Callable, MutableMapping
from contextlib import asynccontextmanager
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from core.domain.measures import CALL_SECONDS
from core.domain.retrying import PERSON_SECONDS
from core.domain.telemetry import Span, SpanSort
from core.domain.waiting import waiting
from core.domain.work import Work, working
from functions.services import Services

METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"))
METHOD, ROUTE, STATUS = "http.request.method", "http.route", "http.response.status_code"

_log = logging.getLogger(__name__)


class CallFailed(Exception):
    """What the host hears of a failure, which it logs with whatever it is told. It gets no text of others."""


@asynccontextmanager
async def called(
    services: Services, sort: SpanSort, name: str, trace: str | None = None
) -> AsyncIterator[tuple[Work, Span]]:
    """A work, and a span for it, until the end of the block. Then `services.ended` is told.

    Whoever finds a better name gives it to the work. What fails is logged, and raises CallFailed.
    """
    started = time.perf_counter()
    with services.telemetry.span(sort, name, trace) as span, working(name) as work:
        work.trace = span.trace
        try:
            yield work, span
        except Exception as error:
            span.error = type(error).__name__
            _log.error("%s failed.", work.name, exc_info=error)
            raise CallFailed(f"{work.name}: {span.error}. The log says where.") from None
        finally:
            seconds = time.perf_counter() - started
            span.name = work.name
            span.attributes |= work.ids()
            attributes = {"call": work.name, "sort": str(sort), "outcome": _outcome(span)}
            services.telemetry.record(CALL_SECONDS, seconds, **attributes)
            await services.ended(work, seconds)


class Working:
    """ASGI middleware: every request is a work, named by its method and route."""

    def __init__(self, app: ASGIApp, services: Callable[[], Services]) -> None:
        self._app = app
        self._services = services

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request. What was answered as an unexpected error does not reach the host, which would
        throw that answer away."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        async with called(self._services(), SpanSort.REQUEST, call_name(scope)) as (work, span):

            async def sent(message: Message) -> None:
                if message["type"] == "http.response.start":
                    span.attributes[STATUS] = message["status"]
                await send(message)

            try:
                with waiting(PERSON_SECONDS):
                    await self._app(scope, receive, sent)
            except Exception as error:
                if STATUS not in span.attributes:
                    raise
                span.error = type(error).__name__
            work.name = call_name(scope)
            method, _, route = work.name.partition(" ")
            span.attributes |= {METHOD: method, ROUTE: route}
            if int(span.attributes.get(STATUS, 500)) >= 500:
                span.error = span.error or str(span.attributes.get(STATUS))


def call_name(scope: MutableMapping[str, Any]) -> str:
    """What a request is called: its method and the template of its route. Clients choose neither."""
    method = scope["method"] if scope["method"] in METHODS else "OTHER"
    return f"{method} {getattr(scope.get('route'), 'path', '')}".strip()


def _outcome(span: Span) -> str:
    """The HTTP status, or how else it ended."""
    return str(span.attributes.get(STATUS) or ("failed" if span.error else "done"))
