"""A stand-in for Application Insights: takes what the real exporter sends, and keeps it."""

import gzip
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Ingestion:
    """What came in: telemetry items, as https://learn.microsoft.com/azure/azure-monitor/app has them."""

    url: str
    items: list[dict[str, Any]] = field(default_factory=list)
    raw: list[str] = field(default_factory=list)

    @property
    def settings(self) -> dict[str, str]:
        """The environment that leads here, and nowhere else."""
        key = "00000000-0000-0000-0000-000000000000"
        return {
            "APPLICATIONINSIGHTS_CONNECTION_STRING": f"InstrumentationKey={key};IngestionEndpoint={self.url};"
            f"LiveEndpoint={self.url}",
            "APPLICATIONINSIGHTS_STATSBEAT_DISABLED_ALL": "true",
            "APPLICATIONINSIGHTS_CONTROLPLANE_DISABLED": "true",
            "OTEL_TRACES_SAMPLER": "always_on",
        }

    def data(self, sort: str) -> list[dict[str, Any]]:
        """What was told of a sort (RequestData, MetricData, ExceptionData ...), each with its tags."""
        found = (item for item in self.items if item["data"]["baseType"] == sort)
        return [item["data"]["baseData"] | {"tags": item["tags"]} for item in found]


@contextmanager
def ingestion() -> Iterator[Ingestion]:
    """The stand-in, on a port of its own."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.headers.get("Content-Encoding") == "gzip":
                body = gzip.decompress(body)
            if self.path.endswith("/track"):
                found.raw.append(body.decode())
                found.items += json.loads(body)
            count = len(json.loads(body)) if self.path.endswith("/track") else 0
            answer = json.dumps({"itemsReceived": count, "itemsAccepted": count, "errors": []}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  the base class's name
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found = Ingestion(f"http://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
