"""A stand-in for Azure ML: as much of its REST API as the official SDK needs for jobs, over HTTP.

`AZUREML_DEV_URL_MFE` makes the SDK speak to it. It checks what it is sent (azure_ml_shapes.py), runs jobs on
a node (azure_ml_node.py) or leaves them to the test, and misbehaves as a test says.
"""

import json
import re
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from pydantic import BaseModel, ValidationError

from tests.contract.azure_ml_node import Job, Node
from tests.contract.azure_ml_shapes import (
    ComputeBody,
    DataBody,
    DatastoreBody,
    EnvironmentBody,
    JobBody,
    ModelBody,
)

WORKSPACE = (
    "/subscriptions/sub/resourceGroups/group/providers/Microsoft.MachineLearningServices/workspaces/space"
)
TOKEN = "the-token"  # noqa: S105 -- what the tests' credential gives
_SHAPES: Mapping[str, type[BaseModel]] = {
    "computes": ComputeBody,
    "data": DataBody,
    "datastores": DatastoreBody,
    "environments": EnvironmentBody,
    "models": ModelBody,
}
_COUNTED = ("data", "environments", "models")
"""What has versions."""
_ADDED: Mapping[str, Mapping[str, Any]] = {"models": {"flavors": {}}}
"""What the service adds to what it is sent, and the SDK needs."""


@dataclass
class Fault:
    """What happens to the next request whose method and path fit: an answer, after a while.

    Status 0 is none: the connection breaks.
    """

    method: str
    path: str
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    delay_seconds: float = 0.0


@dataclass
class Answer:
    """A response."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, value: object, status: int = 200) -> "Answer":
        """With JSON."""
        return cls(status, json.dumps(value).encode(), {"Content-Type": "application/json"})

    @classmethod
    def error(cls, status: int, code: str, message: str) -> "Answer":
        """An error as Azure words it."""
        return cls.of({"error": {"code": code, "message": message}}, status)


class AzureMl:
    """The workspace. `requests` are those that came; `faults` are used up one by one.

    `making` is what it says of a cluster that is being made, one word a question; empty: it is there at once.
    Without a `history` there is nothing beside the documented REST API.
    """

    def __init__(self, node: Node | None = None) -> None:
        self.node, self.url = node, ""
        self.jobs: dict[str, Job] = {}
        self.resources: dict[str, dict[str, Any]] = {}
        self.faults: list[Fault] = []
        self.requests: list[tuple[str, str]] = []
        self.making: list[str] = []
        self.history = True
        self._lock = threading.Lock()

    def times(self, method: str, part: str) -> int:
        """How many requests came."""
        return sum(asked == method and part in path for asked, path in self.requests)

    def answer(self, method: str, target: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """What the service says."""
        path = urlsplit(target).path
        with self._lock:
            self.requests.append((method, path))
            fault = next((each for each in self.faults if each.method == method and each.path in path), None)
            if fault:
                self.faults.remove(fault)
        if fault:
            time.sleep(fault.delay_seconds)
            answer = Answer.error(fault.status, "Fault", "as the test says")
            return Answer(answer.status, answer.body, {**answer.headers, **fault.headers})
        if path.startswith("/logs/"):
            return self._log(path, headers)
        if path == "/discovery" and self.history:
            return Answer.of({"api": self.url, "history": self.url})
        if headers.get("Authorization") != f"Bearer {TOKEN}":
            return Answer.error(401, "Unauthorized", "no token")
        if path.startswith("/making/"):
            return self._made(path.removeprefix("/making/"))
        if self.history and path.startswith("/history/v1.0") and path.endswith("/details"):
            return self._details(path.split("/")[-2])
        if path.startswith(WORKSPACE) and "api-version" in parse_qs(urlsplit(target).query):
            return self._resource(method, path.removeprefix(WORKSPACE).strip("/"), body)
        return Answer.error(404, "NotFound", path)

    def _resource(self, method: str, path: str, body: bytes) -> Answer:
        if not path:
            properties = {"discoveryUrl": f"{self.url}/discovery", "workspaceId": "id"}
            return Answer.of(
                {"id": WORKSPACE, "name": "space", "location": "westeurope", "properties": properties}
            )
        kind, _, name = path.partition("/")
        if kind == "jobs":
            return self._job(method, name, body)
        if method == "GET" and kind in _COUNTED and "/versions/" not in path:
            return self._versions(path)
        if method == "PUT" and kind in _SHAPES:
            return self._put(path, kind, body)
        if method == "GET" and path in self.resources:
            return Answer.of(self.resources[path])
        return Answer.error(404, "NotFound", f"{path} is not there")

    def _put(self, path: str, kind: str, body: bytes) -> Answer:
        try:
            _SHAPES[kind].model_validate_json(body)
        except ValidationError as error:
            return Answer.error(400, "UserError", str(error))
        made = json.loads(body)
        made |= {"id": f"{WORKSPACE}/{path}", "name": path.split("/")[-1]}
        made["properties"] |= {"provisioningState": "Succeeded", **_ADDED.get(kind, {})}
        self.resources[path] = made
        if kind == "computes" and self.making:
            made["properties"]["provisioningState"] = "Creating"
            headers = {"Azure-AsyncOperation": f"{self.url}/making/{path}?api-version=1", "Retry-After": "0"}
            return Answer(201, json.dumps(made).encode(), {"Content-Type": "application/json", **headers})
        return Answer.of(made, 201)

    def _made(self, path: str) -> Answer:
        """How far a cluster is. What it says last stays."""
        word = self.making.pop(0) if len(self.making) > 1 else self.making[0]
        made = self.resources[path]["properties"]
        made["provisioningState"] = "Creating" if word == "InProgress" else word
        if word != "Failed":
            return Answer.of({"status": word})
        error = {"code": "QuotaExceeded", "message": "No quota."}
        made["provisioningErrors"] = [{"error": error}]
        return Answer.of({"status": word, "error": error})

    def _versions(self, path: str) -> Answer:
        """Of what has versions: all of them, the newest first; or what the next one is."""
        found = [
            made
            for known, made in self.resources.items()
            if known.startswith(path.removesuffix("/versions") + "/")
        ]
        if path.endswith("/versions"):
            return Answer.of({"value": found[::-1]})
        if not found:
            return Answer.error(404, "NotFound", f"{path} is not there")
        properties = {"nextVersion": str(len(found) + 1), "latestVersion": str(len(found))}
        return Answer.of({"name": path.split("/")[-1], "properties": {"dataType": "mltable", **properties}})

    def _job(self, method: str, path: str, body: bytes) -> Answer:
        name, _, verb = path.partition("/")
        job = self.jobs.get(name)
        if method == "PUT":
            return self._add(name, body) if job is None else Answer.error(409, "Conflict", f"{name} exists")
        if job is None:
            return Answer.error(404, "NotFound", f"{name} is not there")
        if (method, verb) == ("POST", "cancel"):
            if job.over:
                return Answer.error(400, "UserError", f"{name} has ended")
            job.cancel()
            if self.node is None:
                job.status = "CancelRequested"
            return Answer(202, b"", {"Location": f"{self.url}{WORKSPACE}/operations/1"})
        return Answer.of(_shown(job))

    def _add(self, name: str, body: bytes) -> Answer:
        try:
            JobBody.model_validate_json(body)
        except ValidationError as error:
            return Answer.error(400, "UserError", str(error))
        asked = json.loads(body)["properties"]
        missing = [each for each in self._needed(asked) if each not in self.resources]
        if missing:
            return Answer.error(400, "UserError", f"missing: {missing}")
        job = self.jobs[name] = Job(name, asked, "Queued")
        if self.node:
            threading.Thread(target=self.node.run, args=(job, self._containers()), daemon=True).start()
        return Answer.of(_shown(job), 201)

    def _needed(self, asked: dict[str, Any]) -> list[str]:
        uris = [each["uri"] for each in (*asked["inputs"].values(), *asked["outputs"].values())]
        uris.append(asked["computeId"])
        return [
            uri.removeprefix(f"{WORKSPACE}/")
            if uri.startswith(WORKSPACE)
            else f"datastores/{uri.split('/')[3]}"
            for uri in uris
        ]

    def _containers(self) -> dict[str, str]:
        stores = {path: made for path, made in self.resources.items() if path.startswith("datastores/")}
        return {path.split("/")[1]: made["properties"]["containerName"] for path, made in stores.items()}

    def _details(self, name: str) -> Answer:
        job = self.jobs.get(name)
        if job is None:
            return Answer.error(404, "NotFound", f"{name} is not there")
        logs = {"system_logs/lifecycler.log": f"{self.url}/logs/azureml/{name}/lifecycler.log?sig=1"}
        if job.log is not None:
            logs["user_logs/std_log.txt"] = f"{self.url}/logs/azureml/{name}/std_log.txt?sig=1"
        told = {
            "runId": name,
            "status": job.status,
            "startTimeUtc": job.started.isoformat() if job.started else None,
            "endTimeUtc": job.ended.isoformat() if job.ended else None,
            "error": {"error": {"code": "UserError", "message": job.error}} if job.error else None,
            "logFiles": logs,
        }
        return Answer.of({key: value for key, value in told.items() if value is not None})

    def _log(self, path: str, headers: Mapping[str, str]) -> Answer:
        job = self.jobs[path.split("/")[3]]
        data = job.log or b""
        common = {
            "ETag": '"1"',
            "Last-Modified": formatdate(usegmt=True),
            "x-ms-blob-type": "AppendBlob",
            "Accept-Ranges": "bytes",
        }
        asked = re.fullmatch(r"bytes=(\d+)-(\d*)", headers.get("x-ms-range") or headers.get("Range") or "")
        if not asked:
            return Answer(200, data, common)
        first, last = int(asked[1]), min(int(asked[2] or len(data)), len(data) - 1)
        return Answer(
            206, data[first : last + 1], {**common, "Content-Range": f"bytes {first}-{last}/{len(data)}"}
        )


def _shown(job: Job) -> dict[str, Any]:
    link = f"https://ml.azure.com/runs/{job.name}?wsid={WORKSPACE}"
    services = {"Studio": {"jobServiceType": "Studio", "endpoint": link}}
    properties = {**job.body, "status": job.status, "services": services}
    return {"id": f"{WORKSPACE}/jobs/{job.name}", "name": job.name, "properties": properties}


@contextmanager
def serving(service: AzureMl) -> Iterator[AzureMl]:
    """The service on a free port of loopback."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            answer = service.answer(self.command, self.path, dict(self.headers), body)
            if not answer.status:
                self.close_connection = True
                return
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(answer.body)

        do_GET = do_HEAD = do_PUT = do_POST = _answer  # noqa: N815 -- the base class's names

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the base class's name
            """Tests look at `requests` instead."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    service.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
