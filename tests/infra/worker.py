"""Azure's own Python worker (azure-functions-runtime) over an unpacked package, in a process of its own.

    python worker.py /place/of/the/package < calls.json

Does what the Functions host has the worker do: start, tell of the functions, call some. Prints JSON: what the
worker answered when it started, the functions with their bindings, and the outcome of each call. The host's
messages are protobuf; here they are plain objects of the same names and fields. Runs on Python 3.13 and
newer, and imports nothing of the repository.
"""

import asyncio
import json
import sys
import urllib.parse
from types import SimpleNamespace
from typing import Any


class BindingInfo(SimpleNamespace):
    """A function's binding."""

    undefined, out, inout = 0, 1, 2


class StatusResult(SimpleNamespace):
    """Whether something went well."""

    Failure, Success = 0, 1


class Protos:
    """The host's messages: whatever the worker asks for."""

    BindingInfo = BindingInfo
    StatusResult = StatusResult

    def __getattr__(self, name: str) -> type[SimpleNamespace]:
        return type(name, (SimpleNamespace,), {})


def started(place: str) -> SimpleNamespace:
    """The host's first request."""
    init = SimpleNamespace(capabilities={}, function_app_directory=place)
    return SimpleNamespace(
        request=SimpleNamespace(worker_init_request=init),
        properties={"host": "127.0.0.1", "protos": Protos()},
    )


def datum(call: dict[str, Any]) -> Any:
    """What a function gets: an HTTP request, a queue's message, or a timer's."""
    from azure_functions_runtime.bindings.datumdef import Datum  # type: ignore[import-not-found] # not here

    if "message" in call:
        return Datum(call["message"], "string")
    if "timer" in call:
        return Datum(json.dumps(call["timer"]), "json")
    query = urllib.parse.urlsplit(call["url"]).query
    return Datum(
        {
            "method": Datum(call["method"], "string"),
            "url": Datum(call["url"], "string"),
            "headers": {name: Datum(value, "string") for name, value in call.get("headers", {}).items()},
            "body": Datum(call.get("body", "").encode(), "bytes"),
            "params": {},
            "query": {name: Datum(value, "string") for name, value in urllib.parse.parse_qsl(query)},
        },
        "http",
    )


def metadata(call: dict[str, Any]) -> dict[str, Any]:
    """What the host says of a message besides."""
    from azure_functions_runtime.bindings.datumdef import Datum

    return {name: Datum(json.dumps(value), "json") for name, value in call.get("metadata", {}).items()}


def said(returned: Any) -> dict[str, Any] | None:
    """An HTTP response as the host gets it."""
    if returned is None or returned.type != "http":
        return None
    body = returned.value["body"].value
    return {
        "status": int(returned.value["status_code"].value),
        "headers": {name: value.value for name, value in returned.value["headers"].items()},
        "body": body.decode() if isinstance(body, bytes) else body,
    }


async def work(place: str, calls: list[dict[str, Any]]) -> dict[str, Any]:
    """Start the worker and make calls."""
    import azure_functions_runtime as runtime  # type: ignore[import-not-found] # only in its own environment
    from azure_functions_runtime.native_invocation import (  # type: ignore[import-not-found] # the same
        invocation_request_native,
    )

    answer = await runtime.worker_init_request(started(place))
    if answer.result.status != StatusResult.Success:
        return {"started": False, "why": answer.result.exception.stack_trace}
    known = (await runtime.functions_metadata_request(None)).function_metadata_results
    ids = {one.name: one.function_id for one in known}
    outcomes = []
    for number, call in enumerate(calls):
        given = [(call["parameter"], datum(call))]
        ok, returned, _, error, trace = await invocation_request_native(
            str(number), ids[call["function"]], given, metadata(call), trace_parent=call.get("trace", "")
        )
        outcomes.append({"ok": ok, "response": said(returned), "error": error, "trace": trace})
    return {
        "started": True,
        "functions": {one.name: [json.loads(raw) for raw in one.raw_bindings] for one in known},
        "outcomes": outcomes,
        "modules": [getattr(module, "__file__", None) for module in list(sys.modules.values())],
        "runtime": answer.worker_metadata.worker_version,
        "python": answer.worker_metadata.runtime_version,
    }


if __name__ == "__main__":
    sys.path.insert(0, sys.argv[1])
    print(json.dumps(asyncio.run(work(sys.argv[1], json.load(sys.stdin)))))  # noqa: T201  its answer
