"""A way to Azurite that fails as it is told: it throttles, stalls, breaks off, and loses replies."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import ClientSession, DummyCookieJar, web
from yarl import URL

from local.azurite import SERVICES, connection_string
from local.ports import LOOPBACK

_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length", "host"}
_REFUSED_INSIDE = (
    "--batch\r\nContent-Type: multipart/mixed; boundary=changeset\r\n\r\n"
    "--changeset\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n"
    "HTTP/1.1 {status} Server Busy\r\nContent-Type: application/json\r\n\r\n"
    '{{"odata.error":{{"code":"ServerBusy","message":{{"lang":"en-US","value":"0:Busy."}}}}}}\r\n'
    "--changeset--\r\n--batch--\r\n"
)


@dataclass(frozen=True, slots=True)
class Fault:
    """What becomes of a request.

    `status` is answered at once, perhaps `inside` a transaction's reply. Without one, the connection breaks
    off: before the request is carried out, `after` it, or in the `middle` of the reply. `stalls`: no reply.
    `trickles`: a reply without an end.
    """

    status: int | None = None
    retry_after: str | None = None
    inside: bool = False
    after: bool = False
    middle: bool = False
    stalls: bool = False
    trickles: bool = False


LOST_REPLY = Fault(after=True)
"""The request is carried out, and nobody hears of it."""

REFUSED_INSIDE = Fault(503, inside=True)
"""A transaction is refused as Azure may do it: by a 503 in a 202."""


@dataclass
class FaultyStorage:
    """Where the faults come from: each request that is `meant` takes the next, or `always` the same one."""

    connection_string: str
    faults: deque[Fault | None] = field(default_factory=deque)
    always: Fault | None = None
    meant: Callable[[str, str], bool] = lambda _method, _path: True
    requests: list[str] = field(default_factory=list)

    def fail(self, *faults: Fault | None, method: str = "", path: str = "") -> None:
        """Have the next requests fail (not at None) of those with this method and these words in the path."""
        self.requests.clear()
        self.faults.extend(faults)
        self.meant = lambda asked, where: asked.startswith(method) and path in where

    def fault_of(self, request: web.Request) -> Fault | None:
        """What becomes of a request, which is counted if it is meant."""
        if not self.meant(request.method, request.rel_url.raw_path):
            return None
        self.requests.append(f"{request.method} {request.rel_url.raw_path}")
        return self.faults.popleft() if self.faults else self.always


@asynccontextmanager
async def faulty_storage(base_port: int) -> AsyncIterator[FaultyStorage]:
    """A way to the Azurite with this base port, which is sound until it is told to fail."""
    storage = FaultyStorage(connection_string(base_port))
    runners: list[web.AppRunner] = []
    async with ClientSession(cookie_jar=DummyCookieJar(), auto_decompress=False) as session:
        for offset, _ in enumerate(SERVICES):
            behind = f"{LOOPBACK}:{base_port + offset}"
            app = _app(storage, session, behind)
            runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.1)
            await runner.setup()
            await web.TCPSite(runner, LOOPBACK, 0).start()
            host, port = runner.addresses[0][:2]
            storage.connection_string = storage.connection_string.replace(behind, f"{host}:{port}")
            runners.append(runner)
        yield storage
        for runner in runners:
            await runner.cleanup()


def _app(storage: FaultyStorage, session: ClientSession, behind: str) -> web.Application:
    async def serve(request: web.Request) -> web.StreamResponse:
        body = await request.read()
        fault = storage.fault_of(request)
        if fault is None or fault.after or fault.middle:
            reply = await _forward(session, behind, request, body)
            if fault is None:
                return reply
            return await _broken(request, reply if fault.middle else None)
        if fault.stalls:
            await asyncio.Event().wait()
        if fault.trickles:
            return await _endless(request)
        if fault.status is None:
            return await _broken(request, None)
        return _refusal(fault)

    app = web.Application(client_max_size=64 * 1024 * 1024)
    app.router.add_route("*", "/{path:.*}", serve)
    return app


async def _forward(session: ClientSession, behind: str, request: web.Request, body: bytes) -> web.Response:
    headers = {name: value for name, value in request.headers.items() if name.lower() not in _HOP}
    url = URL(f"http://{behind}{request.raw_path}", encoded=True)
    asked = session.request(
        request.method, url, headers=headers, data=body or None, skip_auto_headers=["Content-Type"]
    )
    async with asked as reply:
        kept = {name: value for name, value in reply.headers.items() if name.lower() not in _HOP}
        return web.Response(status=reply.status, headers=kept, body=await reply.read())


async def _broken(request: web.Request, reply: web.Response | None) -> web.StreamResponse:
    """The connection breaks off, before the reply or in the middle of it."""
    begun = web.StreamResponse()
    if reply is not None and isinstance(reply.body, bytes):
        begun = web.StreamResponse(status=reply.status, headers=reply.headers)
        begun.content_length = len(reply.body)
        await begun.prepare(request)
        await begun.write(reply.body[: len(reply.body) // 2])
    if request.transport is not None:
        request.transport.close()
    return begun


async def _endless(request: web.Request) -> web.StreamResponse:
    reply = web.StreamResponse(headers={"Content-Type": "application/json"})
    await reply.prepare(request)
    while True:
        await reply.write(b" ")
        await asyncio.sleep(0.05)


def _refusal(fault: Fault) -> web.Response:
    headers = {"Retry-After": fault.retry_after} if fault.retry_after else {}
    if fault.inside:
        body = _REFUSED_INSIDE.format(status=fault.status)
        headers["Content-Type"] = "multipart/mixed; boundary=batch"
        return web.Response(status=202, headers=headers, body=body.encode())
    return web.Response(status=fault.status or 500, headers=headers)
