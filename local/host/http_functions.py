"""HTTP functions as an ASGI application: a request in, azure.functions.HttpRequest to the function."""

import json
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any
from urllib.parse import parse_qsl

import azure.functions as func

from local.host.errors import InvocationError
from local.host.invocation import Invoker
from local.host.routes import Router

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
# The host's own endpoints, such as webhooks: (method, path) -> what answers.
Endpoints = Mapping[tuple[str, str], Callable[[func.HttpRequest], Awaitable[func.HttpResponse]]]

LENGTH_HEADERS = ("content-length", "transfer-encoding")


class HttpFunctions:
    """Turns each ASGI request into a call of the HTTP function whose route it matches.

    As in Azure: header names are lower-cased and repeated ones joined by commas, bodies are
    whole (chunked uploads too), answers are buffered, a failed function answers 500.
    """

    def __init__(self, router: Router, endpoints: Endpoints, invoke: Invoker) -> None:
        self._router = router
        self._endpoints = endpoints
        self._invoke = invoke

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one ASGI HTTP request; other scopes, such as websockets, are left unanswered."""
        if scope["type"] != "http":
            return
        body = await _read_body(receive)
        if body is None:
            return
        response = await self._answer(scope, body)
        content = response.get_body()
        head = scope["method"] == "HEAD"
        await send(
            {
                "type": "http.response.start",
                "status": response.status_code,
                "headers": _encode_headers(response, None if head else len(content)),
            }
        )
        await send({"type": "http.response.body", "body": b"" if head else content})

    async def _answer(self, scope: Scope, body: bytes) -> func.HttpResponse:
        method, path = scope["method"], scope["path"]
        endpoint = self._endpoints.get((method, path))
        if endpoint:
            return await endpoint(_request(scope, body, {}))
        found = self._router.find(method, path)
        if found is None:
            return _home_page() if path == "/" else func.HttpResponse(status_code=404)
        function, parameters = found
        try:
            return _response(await self._invoke(function, _request(scope, body, parameters)))
        except InvocationError:
            return func.HttpResponse("The function failed; its log says why.", status_code=500)


def json_response(value: object, status: int = 200) -> func.HttpResponse:
    """An answer of one of the host's own endpoints."""
    return func.HttpResponse(json.dumps(value), status_code=status, mimetype="application/json")


async def _read_body(receive: Receive) -> bytes | None:
    """The whole body, or None if the client went away before its end."""
    message = await receive()
    if message["type"] == "http.request" and not message.get("more_body"):
        return bytes(message["body"])
    chunks = []
    while message["type"] == "http.request":
        chunks.append(message["body"])
        if not message.get("more_body"):
            return b"".join(chunks)
        message = await receive()
    return None


def _request(scope: Scope, body: bytes, route_parameters: Mapping[str, str]) -> func.HttpRequest:
    headers = _join((name.decode("latin-1"), value.decode("latin-1")) for name, value in scope["headers"])
    query = scope["query_string"].decode("latin-1")
    host = headers.get("host", "127.0.0.1")
    return func.HttpRequest(
        method=scope["method"],
        url=f"{scope['scheme']}://{host}{scope['raw_path'].decode('latin-1')}{'?' if query else ''}{query}",
        headers=headers,
        params=_join(parse_qsl(query, keep_blank_values=True)) if query else {},
        route_params=route_parameters,
        body=body,
    )


def _join(pairs: Any) -> dict[str, str]:
    joined: dict[str, str] = {}
    for name, value in pairs:
        joined[name] = f"{joined[name]},{value}" if name in joined else value
    return joined


def _response(returned: Any) -> func.HttpResponse:
    if isinstance(returned, func.HttpResponse):
        return returned
    return func.HttpResponse(status_code=204) if returned is None else func.HttpResponse(str(returned))


def _encode_headers(response: func.HttpResponse, length: int | None) -> list[tuple[bytes, bytes]]:
    """The answer's headers; with `length`, the true one in place of what the function said."""
    headers = [
        (name.lower().encode("latin-1"), value.encode("latin-1"))
        for name, value in response.headers.items()
        if length is None or name.lower() not in LENGTH_HEADERS
    ]
    if "content-type" not in response.headers and length:
        charset = f"; charset={response.charset}" if response.mimetype.startswith("text/") else ""
        headers.append((b"content-type", f"{response.mimetype}{charset}".encode("latin-1")))
    if length is not None and response.status_code not in (204, 304):
        headers.append((b"content-length", b"%d" % length))
    return headers


def _home_page() -> func.HttpResponse:
    return func.HttpResponse("This function app is running; no function answers here.")
